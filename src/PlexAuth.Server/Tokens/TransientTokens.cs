using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PlexAuth.Server.Tokens;

/// <summary>Transient tokens: nothing is stored, so a restart, which forgets the key, ends them all.</summary>
/// <remarks>
/// <c>transient-</c> and base64url of parent token id, expiry on the wall clock, expiry on the instance's own clock, and a MAC over these and the source that the token is for.
/// The second expiry holds when the wall clock is set back.
/// </remarks>
internal sealed class TransientTokens(TimeProvider time)
{
    public const string Prefix = "transient-";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(48);

    private const int ClaimsLength = 3 * sizeof(long);
    private const int MacLength = 24;
    private readonly byte[] _instanceKey = RandomNumberGenerator.GetBytes(32);
    private readonly long _startedAt = time.GetTimestamp();

    public static bool IsTransient(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Same access level as its parent, for one source, at most 48 hours and never longer than the parent.</summary>
    /// <param name="audience">Machine identifier or provider identifier of the only source that shall accept it.</param>
    /// <returns>Null when the parent is itself transient: it mints nothing.</returns>
    public TransientToken? Mint(TokenGrant parent, string audience)
    {
        if (parent.Kind == PlexTokenKind.Transient)
            return null;
        var now = time.GetUtcNow();
        var expiresAt = parent.ExpiresAt is { } parentEnd && parentEnd < now + Lifetime ? parentEnd : now + Lifetime;
        Span<byte> bytes = stackalloc byte[ClaimsLength + MacLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, parent.TokenId);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], expiresAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes[(2 * sizeof(long))..], Uptime() + (long)(expiresAt - now).TotalMilliseconds);
        Authenticate(bytes[..ClaimsLength], audience, bytes[ClaimsLength..]);
        return new(new PlexToken(Prefix + Base64Url.EncodeToString(bytes)), expiresAt);
    }

    /// <returns>Null unless this instance minted it for this audience and it has not expired. Whether the parent still holds is for the caller to see.</returns>
    public TransientClaims? Read(string token, string audience)
    {
        Span<byte> bytes = stackalloc byte[ClaimsLength + MacLength];
        Span<byte> mac = stackalloc byte[MacLength];
        var text = token.AsSpan(Prefix.Length);
        if (text.Length != Base64Url.GetEncodedLength(bytes.Length)
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != bytes.Length)
        {
            return null;
        }

        Authenticate(bytes[..ClaimsLength], audience, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[ClaimsLength..]))
            return null;
        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]));
        var uptimeAtExpiry = BinaryPrimitives.ReadInt64BigEndian(bytes[(2 * sizeof(long))..]);
        return time.GetUtcNow() < expiresAt && Uptime() < uptimeAtExpiry ? new(BinaryPrimitives.ReadInt64BigEndian(bytes), expiresAt) : null;
    }

    private long Uptime() => (long)time.GetElapsedTime(_startedAt).TotalMilliseconds;

    private void Authenticate(ReadOnlySpan<byte> claims, string audience, Span<byte> mac)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_instanceKey, [.. claims, .. Encoding.UTF8.GetBytes(audience)], hash);
        hash[..MacLength].CopyTo(mac);
    }
}

internal sealed record TransientToken(PlexToken Token, DateTimeOffset ExpiresAt);

internal sealed record TransientClaims(long ParentId, DateTimeOffset ExpiresAt);
