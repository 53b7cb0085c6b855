using PlexAuth.Server.Data;

namespace PlexAuth.Server.DeviceKeys.Issuer;

/// <summary>The rows of the keys that sign tokens.</summary>
internal static class IssuerKeyStore
{
    private const string Published = "8 * 86400000";

    public static ExpirySweep Sweep { get; } = new(
        "issuer_keys", $"DELETE FROM issuer_keys WHERE generation IN (SELECT generation FROM issuer_keys WHERE retired_at <= @now - {Published} LIMIT @limit)");

    /// <returns>Oldest first.</returns>
    public static Task<IReadOnlyList<IssuerKeyRow>> ListAsync(DatabaseSession session, DateTimeOffset now) => session.ListAsync<IssuerKeyRow>(
        $"""
        SELECT generation AS Generation, public_key AS PublicKey, sealed_private_key AS SealedPrivateKey, created_at AS CreatedAt, retired_at AS RetiredAt
        FROM issuer_keys WHERE retired_at IS NULL OR retired_at > @now - {Published} ORDER BY generation
        """,
        new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>Makes <paramref name="key"/> the one that signs. The private halves of the others are gone from then on.</summary>
    /// <returns>False if another replica has made this generation.</returns>
    public static async Task<bool> AddAsync(DatabaseSession session, IssuerKeyRow key)
    {
        var added = await session.ExecuteAsync(
            """
            INSERT INTO issuer_keys (generation, public_key, sealed_private_key, created_at) VALUES (@Generation, @PublicKey, @SealedPrivateKey, @CreatedAt)
            ON CONFLICT (generation) DO NOTHING
            """,
            key) == 1;
        if (added)
        {
            await session.ExecuteAsync(
                "UPDATE issuer_keys SET retired_at = @CreatedAt, sealed_private_key = NULL WHERE retired_at IS NULL AND generation < @Generation", key);
        }

        return added;
    }
}

internal sealed class IssuerKeyRow
{
    public long Generation { get; set; }

    public string PublicKey { get; set; } = "";

    public byte[]? SealedPrivateKey { get; set; }

    public long CreatedAt { get; set; }

    public long? RetiredAt { get; set; }
}
