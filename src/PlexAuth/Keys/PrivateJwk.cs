using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace PlexAuth.Internal;

/// <summary>A JSON Web Key with its private part <c>d</c> (RFC 8037, section 2).</summary>
internal static class PrivateJwk
{
    public static PlexJwk Read(string json, Span<byte> seed) => TryRead(json, seed, out var problem) ?? throw new FormatException(problem);

    // The parser's own message could quote the secret, so it is not passed on.
    private static PlexJwk? TryRead(string json, Span<byte> seed, out string? problem)
    {
        try
        {
            using var document = JsonDocument.Parse(json, JsonText.Strict);
            problem = JwkReader.Read(document.RootElement, isPrivate: true, out var key, out var keyId);
            if (problem is null && !TryReadSeed(document.RootElement, seed))
                problem = "The d of a private JSON Web Key must be 32 bytes in base64url without padding.";
            return problem is null ? new PlexJwk(key, keyId) : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            problem = "This is no Ed25519 private key as one JSON Web Key with kty, crv, x and d.";
            return null;
        }
    }

    public static string Write(PlexJwk key, ReadOnlySpan<byte> seed)
    {
        var d = Base64Url.EncodeToString(seed);
        return JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            key.WriteMembers(writer);
            writer.WriteString("d", d);
            writer.WriteEndObject();
        });
    }

    private static bool TryReadSeed(JsonElement key, Span<byte> seed)
    {
        if (!key.TryGetProperty("d", out var d) || !StrictBase64Url.TryDecode(d.GetString(), out var bytes) || bytes.Length != seed.Length)
            return false;

        bytes.CopyTo(seed);
        CryptographicOperations.ZeroMemory(bytes);
        return true;
    }
}
