using System.Buffers;
using System.Text;
using PlexAuth.Internal.Xml;

namespace PlexAuth.Internal.Json;

/// <summary>Reads a model out of a body. Null: the body does not hold it.</summary>
internal delegate T? AnswerReader<T>(ref LenientReader json) where T : class;

/// <summary>Opens a body in whichever format it is: the bytes decide, not the content type, which servers and proxies get wrong.</summary>
internal static class Answer
{
    private const int MaxJsonDepth = 32;

    private static ReadOnlySpan<byte> Ignorable => [(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF];

    public static T? Read<T>(ReadOnlyMemory<byte> body, AnswerReader<T> read) where T : class
    {
        if (IsXml(body.Span))
        {
            var converted = new ArrayBufferWriter<byte>(body.Length + 256);
            XmlToJson.Convert(body, converted);
            var xml = new LenientReader(converted.WrittenSpan, XmlToJson.MaxDepth + 2);
            return read(ref xml);
        }

        var utf8 = body.Span;
        var json = new LenientReader(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8, MaxJsonDepth);
        return read(ref json);
    }

    /// <summary>For calls whose success says it all.</summary>
    public static object Anything(ref LenientReader json) => "";

    /// <summary>True for a leading angle bracket, in any of the encodings XML may have.</summary>
    private static bool IsXml(ReadOnlySpan<byte> body)
    {
        var first = body.IndexOfAnyExcept(Ignorable);
        return first >= 0 && body[first] == (byte)'<';
    }
}
