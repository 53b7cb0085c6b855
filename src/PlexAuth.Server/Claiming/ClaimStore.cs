using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Claiming;

internal static class ClaimStore
{
    public static ExpirySweep Sweep { get; } = new(
        "claim_tokens", "DELETE FROM claim_tokens WHERE hash IN (SELECT hash FROM claim_tokens WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit)");

    /// <summary>An account's one claim token; a former one ends.</summary>
    public static async Task ReplaceAsync(DatabaseSession session, int accountId, TokenHash hash, DateTimeOffset expiresAt)
    {
        await session.ExecuteAsync("DELETE FROM claim_tokens WHERE account_id = @accountId", new { accountId });
        await session.ExecuteAsync(
            "INSERT INTO claim_tokens (hash, account_id, expires_at) VALUES (@hash, @accountId, @expiresAt)",
            new { hash = hash.ToBytes(), accountId, expiresAt = expiresAt.ToUnixTimeMilliseconds() });
    }

    /// <returns>Whose token it was; null when it is unknown, too old or spent.</returns>
    public static Task<int?> SpendAsync(DatabaseSession session, TokenHash hash, DateTimeOffset now) => session.FirstOrDefaultAsync<int?>(
        "DELETE FROM claim_tokens WHERE hash = @hash AND expires_at > @now RETURNING account_id", new { hash = hash.ToBytes(), now = now.ToUnixTimeMilliseconds() });

    /// <summary>Gives a server that nobody owns to an account; one that is not known yet is added, and one that lost its token may be claimed by its owner again.</summary>
    /// <returns>False when somebody else owns it, and for this process's own server, which is claimed from nearby alone.</returns>
    public static async Task<bool> ClaimAsync(DatabaseSession session, string machineIdentifier, string name, int accountId, DateTimeOffset now) => await session.ExecuteAsync(
        $"""
        INSERT INTO sources (scheme, identifier, name, owner_account_id, own, created_at) VALUES ('{SourceName.Server}', @machineIdentifier, @name, @accountId, 0, @now)
        ON CONFLICT (scheme, identifier) DO UPDATE SET owner_account_id = excluded.owner_account_id 
            WHERE sources.own = 0 AND (sources.owner_account_id IS NULL OR sources.owner_account_id = excluded.owner_account_id)
        """,
        new { machineIdentifier, name, accountId, now = now.ToUnixTimeMilliseconds() }) == 1;

    /// <summary>Takes a server from its owner, and with it all shares and every token for it.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="machineIdentifier">Which server.</param>
    /// <param name="accountId">Its owner.</param>
    /// <param name="own">Whether it is this process's own, or one that registered itself.</param>
    /// <returns>False when it is not this account's.</returns>
    public static async Task<bool> UnclaimAsync(DatabaseSession session, string machineIdentifier, int accountId, bool own)
    {
        var parameters = new { machineIdentifier, accountId, kind = (int)PlexTokenKind.Server, own = own ? 1 : 0 };
        if (await session.ExecuteAsync(
            $"""
            UPDATE sources SET owner_account_id = NULL
            WHERE scheme = '{SourceName.Server}' AND identifier = @machineIdentifier AND owner_account_id = @accountId AND own = @own
            """,
            parameters) == 0)
        {
            return false;
        }

        await session.ExecuteAsync(
            $"DELETE FROM source_shares WHERE source_id IN (SELECT id FROM sources WHERE scheme = '{SourceName.Server}' AND identifier = @machineIdentifier)", parameters);
        await session.ExecuteAsync("DELETE FROM tokens WHERE kind = @kind AND machine_identifier = @machineIdentifier", parameters);
        return true;
    }
}
