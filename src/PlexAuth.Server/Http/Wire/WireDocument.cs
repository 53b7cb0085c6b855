using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace PlexAuth.Server.Http.Wire;

/// <summary>A whole answer as bytes.</summary>
internal static class WireDocument
{
    private static readonly XmlWriterSettings XmlSettings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        CheckCharacters = false,
    };

    private static readonly byte[] Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8.ToArray();

    /// <summary>XML with the root <paramref name="root"/>; JSON without a name for the root.</summary>
    public static byte[] Render(PlexFormat format, string root, Action<WireWriter> write, bool noNulls = false) =>
        format == PlexFormat.Json ? Json(write, noNulls) : Xml(root, write);

    /// <summary>The media server's envelope, which is named in both formats.</summary>
    public static byte[] RenderContainer(PlexFormat format, Action<WireWriter> write) =>
        format == PlexFormat.Json ? Json(json => json.Object("MediaContainer", write), noNulls: false) : Xml("MediaContainer", write);

    /// <summary>A JSON array; in XML the items inside one element.</summary>
    public static byte[] RenderList<T>(PlexFormat format, string root, string item, IEnumerable<T> items, Action<WireWriter, T> write)
    {
        if (format == PlexFormat.Xml)
            return Xml(root, xml => xml.Items(item, items, write));

        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var one in items)
            {
                json.WriteStartObject();
                write(new JsonWireWriter(json, noNulls: false), one);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Json(Action<WireWriter> write, bool noNulls)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(new JsonWireWriter(json, noNulls));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Xml(string root, Action<WireWriter> write)
    {
        using var buffer = new MemoryStream(4096);
        buffer.Write(Declaration);
        using (var xml = XmlWriter.Create(buffer, XmlSettings))
        {
            xml.WriteStartElement(root);
            write(new XmlWireWriter(xml));
            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }
}
