using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PlexAuth.Internal;

/// <summary>JSON written member by member, in a known order.</summary>
internal static class JsonText
{
    public static string Write(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(WriteBytes(write));

    public static byte[] WriteBytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
