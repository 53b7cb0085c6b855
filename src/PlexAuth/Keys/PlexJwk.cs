using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PlexAuth.Internal;

namespace PlexAuth;

/// <summary>
/// The public half of a device's or of the issuer's Ed25519 key, as a JSON Web Key (RFC 7517, RFC 8037): <c>kty</c> OKP, <c>crv</c> Ed25519.
/// </summary>
/// <remarks>
/// Holds nothing secret; a JSON text with a private part is refused. An instance always has a usable key: 32 bytes that name a point of the
/// curve, canonical and not of small order, because anyone can forge signatures for the others.
/// </remarks>
public sealed record PlexJwk
{
    private const int MaximumKeyIdLength = 200;

    /// <summary>Wraps a public key.</summary>
    /// <param name="publicKey">The 32 bytes of RFC 8032.</param>
    /// <param name="keyId">
    /// The key's <c>kid</c>, up to 200 printable ASCII characters without spaces; its owner's free choice. Null leaves it out.
    /// </param>
    /// <exception cref="ArgumentException">The key or its id is not acceptable; the message says why.</exception>
    public PlexJwk(ReadOnlySpan<byte> publicKey, string? keyId = null)
    {
        if (FindProblem(publicKey) is { } problem)
            throw new ArgumentException(problem, nameof(publicKey));
        if (keyId is not null && !IsKeyId(keyId))
            throw new ArgumentException(KeyIdProblem, nameof(keyId));

        X = Base64Url.EncodeToString(publicKey);
        KeyId = keyId;
    }

    private PlexJwk(string x, string? keyId) => (X, KeyId) = (x, keyId);

    /// <summary>The public key in base64url, 43 characters.</summary>
    public string X { get; }

    /// <summary>The <c>kid</c> that tokens signed by this key name in their header; null if the key came without.</summary>
    public string? KeyId { get; }

    /// <summary>
    /// The key's fingerprint by RFC 7638: base64url of SHA-256, 43 characters. It depends on the key alone, not on <see cref="KeyId"/>.
    /// </summary>
    public string Thumbprint =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"Ed25519","kty":"OKP","x":"{{X}}"}""")));

    internal const string KeyIdProblem = "A kid has 1 to 200 printable ASCII characters and no spaces.";

    internal static bool IsKeyId(string value) => value.Length is > 0 and <= MaximumKeyIdLength && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Reads one JSON Web Key.</summary>
    /// <exception cref="FormatException">It is not JSON, or not an Ed25519 public key; the message says what is wrong.</exception>
    public static PlexJwk Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, JsonText.Strict);
            return TryParse(document.RootElement, out var jwk, out var problem) ? jwk : throw new FormatException(problem);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new FormatException("A JSON Web Key is one JSON object without duplicate members.", exception);
        }
    }

    /// <summary>Reads one JSON Web Key out of a larger document, such as the body of a registration.</summary>
    /// <remarks>
    /// <c>kty</c>, <c>crv</c> and <c>x</c> are required; <c>use</c> and <c>alg</c> may be absent but not differ from <c>sig</c> and <c>EdDSA</c>.
    /// Members without a meaning here are passed over. Duplicate members, a private part and unsafe keys are refused.
    /// </remarks>
    /// <param name="element">Any JSON value.</param>
    /// <param name="jwk">The key, if there is one.</param>
    /// <param name="problem">Otherwise what is wrong, in words for the person who made the key.</param>
    public static bool TryParse(JsonElement element, [NotNullWhen(true)] out PlexJwk? jwk, [NotNullWhen(false)] out string? problem)
    {
        jwk = null;
        problem = JwkReader.Read(element, isPrivate: false, out var publicKey, out var keyId) ?? FindProblem(publicKey);
        if (problem is null)
            jwk = new PlexJwk(Base64Url.EncodeToString(publicKey), keyId);
        return jwk is not null;
    }

    /// <summary>Whether <paramref name="signature"/> was made over <paramref name="data"/> by this key's owner.</summary>
    /// <returns>False also for a signature of a wrong length or with a non-canonical or small-order part.</returns>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not installed.</exception>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureLength
        && Ed25519Point.IsSafe(signature[..Ed25519.PublicKeyLength])
        && Ed25519.Verify(GetPublicKey(), data, signature);

    /// <summary>The 32 bytes of the public key.</summary>
    public byte[] GetPublicKey() => Base64Url.DecodeFromChars(X);

    /// <summary>
    /// Writes the key with the members that Plex shows in its documentation: <c>kty</c>, <c>crv</c>, <c>x</c>, <c>use</c>, <c>alg</c> and, if
    /// set, <c>kid</c>.
    /// </summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteEndObject();
    }

    /// <summary>The key as JSON text; see <see cref="WriteTo"/>.</summary>
    public string ToJson() => JsonText.Write(WriteTo);

    /// <summary>A key that OpenSSL derived, which therefore is safe, under its thumbprint unless another id is given.</summary>
    internal static PlexJwk FromDerived(ReadOnlySpan<byte> publicKey, string? keyId)
    {
        if (keyId is not null && !IsKeyId(keyId))
            throw new ArgumentException(KeyIdProblem, nameof(keyId));

        var jwk = new PlexJwk(Base64Url.EncodeToString(publicKey), keyId);
        return keyId is null ? new PlexJwk(jwk.X, jwk.Thumbprint) : jwk;
    }

    internal void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("kty", "OKP");
        writer.WriteString("crv", "Ed25519");
        writer.WriteString("x", X);
        writer.WriteString("use", "sig");
        writer.WriteString("alg", "EdDSA");
        if (KeyId is not null)
            writer.WriteString("kid", KeyId);
    }

    private static string? FindProblem(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length != Ed25519.PublicKeyLength ? "An Ed25519 public key has 32 bytes."
        : !Ed25519Point.IsSafe(publicKey) || !Ed25519Point.IsOnCurve(publicKey)
            ? "This is no safe Ed25519 public key: it must be a canonical point of the curve, and none of the few of small order. Make a new key."
        : null;
}
