using System.Text;
using System.Text.Json;

namespace PlexAuth.Internal.Sessions;

/// <summary>A session as JSON. Members of later versions are passed over; nothing of the text gets into an exception.</summary>
internal static class SessionText
{
    public static byte[] Write(PlexSession session) => JsonText.WriteBytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("accountUrl", session.AccountUrl.AbsoluteUri);
        json.WriteString("clientIdentifier", session.ClientIdentifier);
        if (session.Account is not null)
            json.WriteString("account", session.Account);
        if (session.Token is { } token)
            json.WriteString("token", token.Reveal());
        if (session.ExpiresAt is { } expiresAt)
            json.WriteNumber("expiresAt", expiresAt.ToUnixTimeSeconds());
        if (session.Scopes.Count > 0)
            json.WriteString("scopes", string.Join(',', session.Scopes));
        if (session.DeviceKey is { } key)
            json.WriteString("deviceKey", key.ExportJwk());
        json.WriteEndObject();
    });

    /// <exception cref="FormatException">It is no session.</exception>
    public static PlexSession Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, JsonText.Strict);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or KeyNotFoundException or FormatException)
        {
#pragma warning disable MA0054 // Not passed on: the messages of parsers may quote what they read.
            throw new FormatException("it is damaged, or of another kind.");
#pragma warning restore MA0054
        }
    }

    private static PlexSession Read(JsonElement json) => new(
        new Uri(json.GetProperty("accountUrl").GetString()!, UriKind.Absolute),
        new PlexClientIdentity(json.GetProperty("clientIdentifier").GetString()!).ClientIdentifier)
    {
        Account = Text(json, "account"),
        Token = Text(json, "token") is { } token ? new PlexToken(token) : null,
        ExpiresAt = json.TryGetProperty("expiresAt", out var time) ? DateTimeOffset.FromUnixTimeSeconds(time.GetInt64()) : null,
        Scopes = Text(json, "scopes")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
        DeviceKey = Text(json, "deviceKey") is { } key ? PlexSigningKey.ImportJwk(key) : null,
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
