using System.Globalization;
using System.Xml;

namespace PlexAuth.Server.Http.Wire;

internal sealed class XmlWireWriter(XmlWriter xml) : WireWriter
{
    public override void Text(string name, string? value) => xml.WriteAttributeString(name, value ?? "");

    public override void Flag(string name, bool? value) => xml.WriteAttributeString(name, value is { } flag ? (flag ? "1" : "0") : "");

    public override void Number(string name, long? value) => xml.WriteAttributeString(name, value?.ToString(CultureInfo.InvariantCulture) ?? "");

    public override void Date(string name, DateTimeOffset? value) =>
        Text(name, value?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));

    public override void Mark(string name, bool value)
    {
        if (value)
            Flag(name, value);
    }

    public override void Names(string list, string item, IEnumerable<string> values)
    {
        xml.WriteStartElement(list);
        foreach (var value in values)
        {
            xml.WriteStartElement(item);
            xml.WriteAttributeString("id", value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    public override void Empty(string list)
    {
        xml.WriteStartElement(list);
        xml.WriteEndElement();
    }

    public override void Unknown(string list)
    {
    }

    public override void Object(string name, Action<WireWriter> write)
    {
        xml.WriteStartElement(name);
        write(this);
        xml.WriteEndElement();
    }

    public override void Items<T>(string list, string item, IEnumerable<T> items, Action<WireWriter, T> write)
    {
        xml.WriteStartElement(list);
        Items(item, items, write);
        xml.WriteEndElement();
    }

    public override void Items<T>(string name, IEnumerable<T> items, Action<WireWriter, T> write)
    {
        foreach (var item in items)
        {
            xml.WriteStartElement(name);
            write(this, item);
            xml.WriteEndElement();
        }
    }
}
