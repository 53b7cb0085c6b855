using System.Buffers.Text;
using System.Text.Json;

namespace PlexAuth.Internal;

/// <summary>Header and claims as Plex and its clients write them, in base64url.</summary>
internal static class JwtWriter
{
    public static string WriteHeader(string keyId) => Encode(writer =>
    {
        writer.WriteString("alg", "EdDSA");
        writer.WriteString("typ", "JWT");
        writer.WriteString("kid", keyId);
    });

    public static string WriteClaims(PlexJwtClaims claims) => Encode(writer =>
    {
        WriteText(writer, "nonce", claims.Nonce);
        WriteText(writer, "scope", claims.Scopes.Count == 0 ? null : string.Join(',', claims.Scopes));
        WriteText(writer, "thumbprint", claims.Thumbprint);
        writer.WriteString("iss", claims.Issuer);
        WriteAudiences(writer, claims.Audiences);
        writer.WriteNumber("iat", claims.IssuedAt.ToUnixTimeSeconds());
        if (claims.NotBefore is { } notBefore)
            writer.WriteNumber("nbf", notBefore.ToUnixTimeSeconds());
        writer.WriteNumber("exp", claims.ExpiresAt.ToUnixTimeSeconds());
        if (claims.User is { } user)
            WriteUser(writer, user);
    });

    private static void WriteAudiences(Utf8JsonWriter writer, IReadOnlyList<string> audiences)
    {
        if (audiences.Count == 1)
        {
            writer.WriteString("aud", audiences[0]);
            return;
        }

        writer.WriteStartArray("aud");
        foreach (var audience in audiences)
            writer.WriteStringValue(audience);
        writer.WriteEndArray();
    }

    private static void WriteUser(Utf8JsonWriter writer, PlexJwtUser user)
    {
        writer.WriteStartObject("user");
        writer.WriteNumber("id", user.Id);
        WriteText(writer, "uuid", user.Uuid);
        WriteText(writer, "username", user.Username);
        WriteText(writer, "email", user.Email);
        WriteText(writer, "friendly_name", user.FriendlyName);
        WriteFlag(writer, "restricted", user.Restricted);
        WriteFlag(writer, "anonymous", user.Anonymous);
        if (user.JoinedAt is { } joinedAt)
            writer.WriteNumber("joinedAt", joinedAt.ToUnixTimeSeconds());
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is not null)
            writer.WriteBoolean(name, value.Value);
    }

    private static string Encode(Action<Utf8JsonWriter> writeMembers) => Base64Url.EncodeToString(JsonText.WriteBytes(writer =>
    {
        writer.WriteStartObject();
        writeMembers(writer);
        writer.WriteEndObject();
    }));
}
