using System.Text.Json;
using System.Text.Unicode;

namespace PlexAuth.Internal;

/// <summary>
/// The one shape of a token, see <see cref="PlexJwt"/>. Reads what strangers send: bounded, and without an exception on the way out.
/// </summary>
internal static class JwtReader
{
    private const int MaximumLength = 4096;

    public static PlexJwt? Read(string? token, out string problem)
    {
        if (token is null or { Length: > MaximumLength })
            return Refuse($"A token has at most {MaximumLength} characters.", out problem);

        Span<Range> parts = stackalloc Range[4];
        if (token.AsSpan().Split(parts, '.') != 3)
            return Refuse("A signed token has exactly three parts between dots.", out problem);
        if (!StrictBase64Url.TryDecode(token.AsSpan(parts[0]), out var header) || !StrictBase64Url.TryDecode(token.AsSpan(parts[1]), out var claims)
            || !StrictBase64Url.TryDecode(token.AsSpan(parts[2]), out var signature))
            return Refuse("A part of the token is not base64url in its only spelling: no padding, no white space, unused bits zero.", out problem);
        if (signature.Length != Ed25519.SignatureLength)
            return Refuse("An EdDSA signature has 64 bytes.", out problem);

        return ReadParts(token, header, claims, signature, out problem);
    }

    private static PlexJwt? ReadParts(string token, byte[] header, byte[] claims, byte[] signature, out string problem)
    {
        try
        {
            if (!Utf8.IsValid(header) || !Utf8.IsValid(claims))
                return Refuse("The token's JSON is not UTF-8.", out problem);

            using var headerJson = JsonDocument.Parse(header, JsonText.Strict);
            if (ReadHeader(headerJson.RootElement, out var keyId) is { } wrongHeader)
                return Refuse(wrongHeader, out problem);

            using var claimsJson = JsonDocument.Parse(claims, JsonText.Strict);
            if (ClaimsReader.Read(claimsJson.RootElement) is not { } read)
                return Refuse("The claims need iss, aud, iat and exp, each of its own type and in its range.", out problem);

            problem = "";
            return new PlexJwt(token, keyId, read, signature);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Refuse("Header and claims must be valid JSON, without duplicate members.", out problem);
        }
    }

    private static string? ReadHeader(JsonElement header, out string? keyId)
    {
        keyId = null;
        if (header.ValueKind != JsonValueKind.Object)
            return "The header is not a JSON object.";
        if (!header.TryGetProperty("alg"u8, out var algorithm) || !IsText(algorithm, "EdDSA"u8))
            return "The header's alg must be EdDSA.";

        foreach (var member in header.EnumerateObject())
        {
            if (member.NameEquals("kid"u8) && member.Value.ValueKind == JsonValueKind.String && PlexJwk.IsKeyId(member.Value.GetString()!))
                keyId = member.Value.GetString();
            else if (!member.NameEquals("alg"u8) && !(member.NameEquals("typ"u8) && IsText(member.Value, "JWT"u8)))
                return "The header may have alg, typ (JWT) and kid, and nothing else.";
        }

        return null;
    }

    private static bool IsText(JsonElement value, ReadOnlySpan<byte> expected) => value.ValueKind == JsonValueKind.String && value.ValueEquals(expected);

    private static PlexJwt? Refuse(string reason, out string problem)
    {
        problem = reason;
        return null;
    }
}
