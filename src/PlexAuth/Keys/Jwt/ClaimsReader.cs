using System.Text.Json;

namespace PlexAuth.Internal;

/// <summary>Claims from JSON: those that decide anything strictly, the description of the user leniently, unknown ones not at all.</summary>
internal static class ClaimsReader
{
    /// <summary>Null if a required claim is absent or any known one is of a wrong type.</summary>
    /// <exception cref="InvalidOperationException">A string is not valid Unicode.</exception>
    public static PlexJwtClaims? Read(JsonElement claims)
    {
        if (claims.ValueKind != JsonValueKind.Object)
            return null;
        if (!TryText(claims, "iss", out var issuer) || !TryText(claims, "nonce", out var nonce) || !TryText(claims, "thumbprint", out var thumbprint)
            || !TryText(claims, "scope", out var scope) || ReadAudiences(claims) is not { } audiences)
            return null;
        if (!TryTime(claims, "iat", out var issuedAt) || !TryTime(claims, "exp", out var expiresAt) || !TryTime(claims, "nbf", out var notBefore))
            return null;
        if (issuer is null or "" || issuedAt is null || expiresAt is null || expiresAt < issuedAt)
            return null;

        return new PlexJwtClaims
        {
            Issuer = issuer,
            Audiences = audiences,
            IssuedAt = issuedAt.Value,
            ExpiresAt = expiresAt.Value,
            NotBefore = notBefore,
            Nonce = nonce,
            Thumbprint = thumbprint,
            Scopes = scope?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            User = claims.TryGetProperty("user", out var user) ? ReadUser(user) : null,
        };
    }

    private static string[]? ReadAudiences(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out var audience))
            return null;
        if (audience.ValueKind == JsonValueKind.String)
            return [audience.GetString()!];
        if (audience.ValueKind != JsonValueKind.Array || audience.EnumerateArray().Any(value => value.ValueKind != JsonValueKind.String))
            return null;

        return [.. audience.EnumerateArray().Select(value => value.GetString()!)];
    }

    private static bool TryText(JsonElement claims, string name, out string? text)
    {
        text = null;
        if (!claims.TryGetProperty(name, out var value))
            return true;
        if (value.ValueKind != JsonValueKind.String)
            return false;

        text = value.GetString();
        return true;
    }

    private static bool TryTime(JsonElement claims, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!claims.TryGetProperty(name, out var value))
            return true;

        time = Time(value);
        return time is not null;
    }

    // A NumericDate may have a fraction (RFC 7519, section 2); it is cut off.
    private static DateTimeOffset? Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    private static PlexJwtUser? ReadUser(JsonElement user)
    {
        if (user.ValueKind != JsonValueKind.Object || !user.TryGetProperty("id", out var id)
            || id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out var number))
            return null;

        return new PlexJwtUser(number)
        {
            Uuid = Text(user, "uuid"),
            Username = Text(user, "username"),
            Email = Text(user, "email"),
            FriendlyName = Text(user, "friendly_name"),
            Restricted = Flag(user, "restricted"),
            Anonymous = Flag(user, "anonymous"),
            JoinedAt = user.TryGetProperty("joinedAt", out var joined) ? Time(joined) : null,
        };
    }

    private static string? Text(JsonElement user, string name) =>
        user.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement user, string name) =>
        user.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
