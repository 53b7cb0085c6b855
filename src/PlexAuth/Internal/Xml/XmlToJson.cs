using System.Buffers;
using System.Text.Json;
using System.Xml;

namespace PlexAuth.Internal.Xml;

/// <summary>
/// The one place that reads XML. It is written out as JSON for the one reader of answers: attributes and child elements become members, an element with
/// nothing but text becomes that text, and elements of the same name repeat the member. No DTD, no external entity, nothing beyond the caps: there, or
/// where the document is malformed, the JSON breaks off, which the reader takes as damage.
/// </summary>
internal static class XmlToJson
{
    public const int MaxDepth = 64;
    private const int MaxNodes = 100_000;
    private const int MaxAttributeLength = 64 * 1024;
    private const int MaxCharacters = 4 * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    public static void Convert(ReadOnlyMemory<byte> xml, IBufferWriter<byte> json)
    {
        using var writer = new Utf8JsonWriter(json);
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml.ToArray(), writable: false), Settings);
            new Conversion(reader, writer).Run();
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or ArgumentException)
        {
            // The JSON written so far holds what could be read.
        }
    }

    private ref struct Conversion(XmlReader xml, Utf8JsonWriter json)
    {
        private int _nodes;

        public void Run()
        {
            json.WriteStartObject();
            while (Read())
            {
                if (xml.NodeType == XmlNodeType.Element)
                    WriteElement();
            }

            json.WriteEndObject();
        }

        /// <summary>Leaves the reader on the element's last node.</summary>
        private void WriteElement()
        {
            json.WritePropertyName(xml.LocalName);
            var depth = xml.Depth;
            var isEmpty = xml.IsEmptyElement;
            var hasAttributes = xml.MoveToFirstAttribute();
            if (hasAttributes)
                WriteAttributes();
            else if (!isEmpty && Read() && IsText)
            {
                WriteTextOf(depth);
                return;
            }
            else
                json.WriteStartObject();

            if (!isEmpty)
                WriteContent(depth, alreadyRead: !hasAttributes);
            json.WriteEndObject();
        }

        private void WriteAttributes()
        {
            json.WriteStartObject();
            do
            {
                Count();
                if (xml.Value.Length > MaxAttributeLength)
                    throw new InvalidDataException();
                json.WriteString(xml.LocalName, xml.Value);
            }
            while (xml.MoveToNextAttribute());
            xml.MoveToElement();
        }

        private void WriteContent(int depth, bool alreadyRead)
        {
            while (alreadyRead || Read())
            {
                alreadyRead = false;
                if (xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth)
                    return;
                if (xml.NodeType == XmlNodeType.Element)
                    WriteElement();
                else if (IsText)
                    json.WriteString("text", xml.Value);
            }
        }

        /// <summary>An element without attributes that starts with text counts as text; elements inside it are passed over.</summary>
        private void WriteTextOf(int depth)
        {
            json.WriteStringValue(xml.Value);
            while (Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            {
            }
        }

        private readonly bool IsText => xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA;

        private bool Read()
        {
            var read = xml.Read();
            Count();
            return read;
        }

        private void Count()
        {
            if (++_nodes > MaxNodes || xml.Depth > MaxDepth)
                throw new InvalidDataException();
        }
    }
}
