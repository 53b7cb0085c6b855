using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace PlexAuth.Server.Pins;

/// <summary>A PIN as /pins.xml shows it: elements instead of attributes, as television apps read it, and their JSON twin.</summary>
internal static class PinLegacyWire
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false };

    public static byte[] Render(PlexFormat format, Pin pin) => format == PlexFormat.Json ? Json(pin) : Xml(pin);

    private static byte[] Json(Pin pin)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("pin");
            json.WriteNumber("id", pin.Id);
            json.WriteString("code", pin.Code);
            json.WriteString("expires_at", Moment(pin.ExpiresAt));
            if (pin.AccountId is { } account)
                json.WriteNumber("user_id", account);
            else
                json.WriteNull("user_id");
            json.WriteString("client_identifier", pin.Client.ClientIdentifier);
            json.WriteBoolean("trusted", false);
            json.WriteString("auth_token", pin.Token?.Reveal());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static byte[] Xml(Pin pin)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("pin");
            Element(xml, "id", "integer", pin.Id.ToString(CultureInfo.InvariantCulture));
            Element(xml, "code", null, pin.Code);
            Element(xml, "expires-at", "datetime", Moment(pin.ExpiresAt));
            Element(xml, "user-id", "integer", pin.AccountId?.ToString(CultureInfo.InvariantCulture));
            Element(xml, "client-identifier", null, pin.Client.ClientIdentifier);
            Element(xml, "trusted", "boolean", "false");
            Element(xml, "auth-token", null, pin.Token?.Reveal());
            Element(xml, "auth_token", null, pin.Token?.Reveal());
            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private static void Element(XmlWriter xml, string name, string? type, string? value)
    {
        xml.WriteStartElement(name);
        if (type is not null)
            xml.WriteAttributeString("type", type);
        if (value is null)
            xml.WriteAttributeString("nil", "true");

        xml.WriteString(value ?? "");
        xml.WriteFullEndElement();
    }

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
