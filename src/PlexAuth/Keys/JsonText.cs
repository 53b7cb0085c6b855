using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PlexAuth.Internal;

/// <summary>JSON that has one meaning: written member by member, in a known order, and read with no member twice.</summary>
internal static class JsonText
{
    public static JsonDocumentOptions Strict { get; } = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static string Write(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(WriteBytes(write));

    public static byte[] WriteBytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
