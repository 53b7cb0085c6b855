using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Tokens.Transient;

/// <summary>Transient tokens: nothing is stored, so a restart, which forgets the key, ends them all.</summary>
/// <remarks>
/// <c>transient-</c> and base64url of parent token id, expiry on the wall clock, expiry on the instance's own clock, the instance, and a MAC over these and the source that
/// the token is for. The second expiry holds when the wall clock is set back.
/// </remarks>
internal sealed class TransientTokens(TransientEpochs epochs, TimeProvider time)
{
    public const string Prefix = "transient-";
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(48);

    private const int ClaimsLength = 4 * sizeof(long);
    private const int MacLength = 24;

    public static bool IsTransient(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Same access level as its parent, for one source, at most 48 hours and never longer than the parent.</summary>
    /// <param name="audience">Machine identifier or provider identifier of the only source that shall accept it.</param>
    /// <returns>Null when the parent is itself transient: it mints nothing.</returns>
    /// <exception cref="DatabaseUnavailableException">This process lost touch with the others that would have to know its tokens.</exception>
    public TransientToken? Mint(TokenGrant parent, string audience)
    {
        if (parent.Kind == PlexTokenKind.Transient)
            return null;
        var epoch = epochs.Own ?? throw new DatabaseUnavailableException("No transient token can be given out while the shared database is out of reach.");
        var now = time.GetUtcNow();
        var expiresAt = parent.ExpiresAt is { } parentEnd && parentEnd < now + Lifetime ? parentEnd : now + Lifetime;
        Span<byte> bytes = stackalloc byte[ClaimsLength + MacLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, parent.TokenId);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], expiresAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes[(2 * sizeof(long))..], Uptime(epoch) + (long)(expiresAt - now).TotalMilliseconds);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(3 * sizeof(long))..], epoch.Id);
        Authenticate(epoch, bytes[..ClaimsLength], audience, bytes[ClaimsLength..]);
        return new(new PlexToken(Prefix + Base64Url.EncodeToString(bytes)), expiresAt);
    }

    /// <returns>Null unless an instance that is alive minted it for this audience and it has not expired. Whether the parent still holds is for the caller to see.</returns>
    public async ValueTask<TransientClaims?> ReadAsync(string token, string audience, CancellationToken cancellationToken)
    {
        var bytes = new byte[ClaimsLength + MacLength];
        if (token.Length - Prefix.Length != Base64Url.GetEncodedLength(bytes.Length)
            || Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length), bytes, out _, out var written) != OperationStatus.Done || written != bytes.Length
            || await epochs.FindAsync(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(3 * sizeof(long))), cancellationToken) is not { } epoch)
        {
            return null;
        }

        return Check(epoch, bytes, audience);
    }

    private TransientClaims? Check(TransientEpoch epoch, ReadOnlySpan<byte> bytes, string audience)
    {
        Span<byte> mac = stackalloc byte[MacLength];
        Authenticate(epoch, bytes[..ClaimsLength], audience, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[ClaimsLength..]))
            return null;
        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]));
        var uptimeAtExpiry = BinaryPrimitives.ReadInt64BigEndian(bytes[(2 * sizeof(long))..]);
        return time.GetUtcNow() < expiresAt && Uptime(epoch) < uptimeAtExpiry ? new(BinaryPrimitives.ReadInt64BigEndian(bytes), expiresAt) : null;
    }

    private long Uptime(TransientEpoch epoch) => (long)epoch.UptimeNow(time).TotalMilliseconds;

    private static void Authenticate(TransientEpoch epoch, ReadOnlySpan<byte> claims, string audience, Span<byte> mac)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(epoch.Key, [.. claims, .. Encoding.UTF8.GetBytes(audience)], hash);
        hash[..MacLength].CopyTo(mac);
    }
}

internal sealed record TransientToken(PlexToken Token, DateTimeOffset ExpiresAt);

internal sealed record TransientClaims(long ParentId, DateTimeOffset ExpiresAt);
