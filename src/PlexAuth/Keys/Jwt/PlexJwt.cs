using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using PlexAuth.Internal;

namespace PlexAuth;

/// <summary>A signed token (JWT, RFC 7519) of Plex's sign-in by device key: JWS compact form, Ed25519 only.</summary>
/// <remarks>
/// A token of the account service is a secret like any other token; a device's is one too, until its nonce is spent. Only one shape is read, for
/// both and in both directions: three parts, at most 4 KiB, strict base64url, a header with <c>alg</c> EdDSA, <c>typ</c> JWT or none, <c>kid</c>
/// or none, and no other member; no member twice. Keys come from the caller alone, never from the token.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class PlexJwt
{
    private readonly byte[] _signature;

    internal PlexJwt(string text, string? keyId, PlexJwtClaims claims, byte[] signature)
    {
        Token = new PlexToken(text);
        KeyId = keyId;
        Claims = claims;
        _signature = signature;
    }

    /// <summary>The token itself, to be sent.</summary>
    public PlexToken Token { get; }

    /// <summary>The header's <c>kid</c>: which of the issuer's keys signed, or claims to have.</summary>
    public string? KeyId { get; }

    /// <summary>What the token says; proven only if this instance comes out of <see cref="Verify"/> or <see cref="Create"/>.</summary>
    public PlexJwtClaims Claims { get; }

    /// <summary>Signs a token.</summary>
    /// <exception cref="ArgumentException">The claims are contradictory, or too long for the 4 KiB of a token.</exception>
    /// <exception cref="ObjectDisposedException">The key is disposed.</exception>
    public static PlexJwt Create(PlexSigningKey key, PlexJwtClaims claims)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(claims);
        var unsigned = $"{JwtWriter.WriteHeader(key.KeyId)}.{JwtWriter.WriteClaims(claims)}";
        var text = $"{unsigned}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(unsigned)))}";
        return JwtReader.Read(text, out var problem) ?? throw new ArgumentException($"These claims make no acceptable token: {problem}", nameof(claims));
    }

    /// <summary>Looks into a token <em>without verifying</em> anything but its shape: to choose a key, or to show it to its owner.</summary>
    /// <exception cref="FormatException">It does not have the shape; the message says why and repeats nothing of the token.</exception>
    public static PlexJwt Read(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return JwtReader.Read(token, out var problem) ?? throw new FormatException(problem);
    }

    /// <summary>Like <see cref="Read"/>, for callers that meet other kinds of tokens too.</summary>
    public static bool TryRead([NotNullWhen(true)] string? token, [NotNullWhen(true)] out PlexJwt? jwt)
    {
        jwt = token is null ? null : JwtReader.Read(token, out _);
        return jwt is not null;
    }

    /// <summary>Checks shape, signature, issuer, audience and times, in this order.</summary>
    /// <param name="token">Anything that somebody sent.</param>
    /// <param name="keys">
    /// The issuer's public keys. The token's <c>kid</c> chooses among them, by their own <c>kid</c> or else their thumbprint; a token without is
    /// only checked if there is exactly one key.
    /// </param>
    /// <param name="rules">See <see cref="PlexJwtRules.ForAccount"/> and <see cref="PlexJwtRules.ForDevice"/>.</param>
    /// <param name="now">The time to compare with, by the clock that the caller trusts.</param>
    /// <returns>The reason too, and the token only if it is valid. Never throws on account of the token.</returns>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not installed.</exception>
    public static PlexJwtVerification Verify(string? token, IReadOnlyCollection<PlexJwk> keys, PlexJwtRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(rules);
        if (JwtReader.Read(token, out var malformed) is not { } jwt)
            return new(PlexJwtStatus.Malformed, malformed);
        if (jwt.ChooseKey(keys) is not { } key)
            return new(PlexJwtStatus.UnknownKey, "No known key has the token's kid.");
        if (!jwt.IsSignedBy(key))
            return new(PlexJwtStatus.WrongSignature, "The signature is wrong.");

        return JwtChecks.FindProblem(jwt.Claims, rules, now) is var (status, problem) ? new(status, problem) : new(PlexJwtStatus.Valid, null, jwt);
    }

    /// <summary>The key's id; nothing of the token, which is a secret.</summary>
    public override string ToString() => $"PlexJwt(***, kid {KeyId})";

    private PlexJwk? ChooseKey(IReadOnlyCollection<PlexJwk> keys) =>
        KeyId is null ? (keys.Count == 1 ? keys.Single() : null) : keys.FirstOrDefault(key => (key.KeyId ?? key.Thumbprint) == KeyId);

    private bool IsSignedBy(PlexJwk key)
    {
        var text = Token.Reveal();
        return key.Verify(Encoding.ASCII.GetBytes(text, 0, text.LastIndexOf('.')), _signature);
    }
}
