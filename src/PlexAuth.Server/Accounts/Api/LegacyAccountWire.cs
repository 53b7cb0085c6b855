using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace PlexAuth.Server.Accounts;

/// <summary>An account as /users/account and /users/sign_in have it, which television apps and request managers still read.</summary>
/// <remarks>The token is there in each spelling that some client looks for: authToken, authenticationToken, authentication_token and the element authentication-token.</remarks>
internal static class LegacyAccountWire
{
    private static readonly (string Name, string Value)[] ProfileSettings =
    [
        ("default_audio_language", ""), ("default_subtitle_language", ""), ("auto_select_subtitle", "0"), ("auto_select_audio", "1"),
        ("default_subtitle_accessibility", "0"), ("default_subtitle_forced", "0"),
    ];

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false };

    public static byte[] Render(PlexFormat format, AccountWire wire) => format == PlexFormat.Json ? Json(wire) : Xml(wire);

    private static byte[] Json(AccountWire wire)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("user");
            WriteUser(json, wire);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteUser(Utf8JsonWriter json, AccountWire wire)
    {
        var account = wire.Account;
        json.WriteNumber("id", account.Id);
        json.WriteString("uuid", account.Uuid);
        json.WriteString("email", account.Email);
        json.WriteString("joined_at", Moment(account.JoinedAt));
        json.WriteString("username", account.Username);
        json.WriteString("title", account.Title);
        json.WriteString("thumb", wire.Thumb);
        json.WriteBoolean("hasPassword", account.HasPassword);
        json.WriteString("authToken", wire.Token.Reveal());
        json.WriteString("authenticationToken", wire.Token.Reveal());
        json.WriteString("authentication_token", wire.Token.Reveal());
        json.WriteStartObject("subscription");
        json.WriteBoolean("active", account.SubscriptionActive);
        json.WriteString("status", account.SubscriptionActive ? "Active" : "Inactive");
        json.WriteString("plan", account.SubscriptionPlan);
        WriteNames(json, "features", AccountWire.Features);
        json.WriteEndObject();
        json.WriteStartObject("roles");
        WriteNames(json, "roles", wire.Roles);
        json.WriteEndObject();
        WriteNames(json, "entitlements", wire.Entitlements);
        json.WriteNull("confirmedAt");
        json.WriteNull("forumId");
        json.WriteBoolean("rememberMe", false);
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static byte[] Xml(AccountWire wire)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("user");
            foreach (var (name, value) in Attributes(wire))
                xml.WriteAttributeString(name, value);
            WriteChildren(xml, wire);
            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private static IEnumerable<(string Name, string Value)> Attributes(AccountWire wire)
    {
        var account = wire.Account;
        return
        [
            ("email", account.Email),
            ("id", Number(account.Id)),
            ("uuid", account.Uuid),
            ("mailing_list_status", "unsubscribed"),
            ("thumb", wire.Thumb),
            ("username", account.Username),
            ("title", account.Title),
            ("cloudSyncDevice", ""),
            ("locale", account.Locale ?? ""),
            ("authenticationToken", wire.Token.Reveal()),
            ("authToken", wire.Token.Reveal()),
            ("scrobbleTypes", ""),
            ("restricted", Flag(account.Restricted)),
            ("home", Flag(account.HomeId is not null)),
            ("guest", Flag(account.Guest)),
            ("queueEmail", ""),
            ("queueUid", ""),
            ("hasPassword", Flag(account.HasPassword)),
            ("homeSize", Number(account.HomeSize)),
            ("maxHomeSize", Number(AccountWire.MaxHomeSize)),
            ("secure", "1"),
            ("certificateVersion", "2"),
        ];
    }

    private static void WriteChildren(XmlWriter xml, AccountWire wire)
    {
        xml.WriteStartElement("subscription");
        xml.WriteAttributeString("active", Flag(wire.Account.SubscriptionActive));
        xml.WriteAttributeString("status", wire.Account.SubscriptionActive ? "Active" : "Inactive");
        xml.WriteAttributeString("plan", wire.Account.SubscriptionPlan ?? "");
        WriteIds(xml, "feature", AccountWire.Features);
        xml.WriteEndElement();
        xml.WriteStartElement("roles");
        WriteIds(xml, "role", wire.Roles);
        xml.WriteEndElement();
        xml.WriteStartElement("entitlements");
        xml.WriteAttributeString("all", Flag(wire.Account.SubscriptionActive));
        WriteIds(xml, "entitlement", wire.Entitlements);
        xml.WriteEndElement();
        xml.WriteStartElement("profile_settings");
        foreach (var (name, value) in ProfileSettings)
            xml.WriteAttributeString(name, value);
        xml.WriteEndElement();
        xml.WriteElementString("services", "");
        xml.WriteElementString("username", wire.Account.Username);
        xml.WriteElementString("email", wire.Account.Email);
        xml.WriteStartElement("joined-at");
        xml.WriteAttributeString("type", "datetime");
        xml.WriteString(Moment(wire.Account.JoinedAt));
        xml.WriteEndElement();
        xml.WriteElementString("authentication-token", wire.Token.Reveal());
    }

    private static void WriteIds(XmlWriter xml, string element, IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            xml.WriteStartElement(element);
            xml.WriteAttributeString("id", id);
            xml.WriteEndElement();
        }
    }

    private static string Flag(bool value) => value ? "1" : "0";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
