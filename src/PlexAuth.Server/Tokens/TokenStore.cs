using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Tokens;

internal static class TokenStore
{
    /// <summary>Former tokens that a device may have in grace at once, so that a client signing in over and over leaves no heap of them.</summary>
    private const int KeptInGrace = 4;

    public static ExpirySweep Sweep { get; } = new(
        "tokens",
        "DELETE FROM tokens WHERE id IN (SELECT id FROM tokens WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit)");

    public static Task<TokenRow?> FindAsync(DatabaseSession session, TokenHash hash) => session.FirstOrDefaultAsync<TokenRow>(
        $"{TokenRow.Select} WHERE t.hash = @hash", new { hash = hash.ToBytes() });

    public static Task<TokenRow?> FindAsync(DatabaseSession session, long tokenId) => session.FirstOrDefaultAsync<TokenRow>(
        $"{TokenRow.Select} WHERE t.id = @tokenId", new { tokenId });

    /// <summary>To be called by the gate alone.</summary>
    public static Task InsertAsync(DatabaseSession session, TokenHash hash, TokenRequest request, DateTimeOffset now) => session.ExecuteAsync(
        """
        INSERT INTO tokens (hash, kind, account_id, device_id, machine_identifier, created_at, expires_at)
        VALUES (@hash, @kind, @AccountId, @DeviceId, @MachineIdentifier, @now, @expiresAt)
        """,
        new
        {
            hash = hash.ToBytes(),
            kind = (int)request.Kind,
            request.AccountId,
            request.DeviceId,
            request.MachineIdentifier,
            now = now.ToUnixTimeMilliseconds(),
            expiresAt = request.ExpiresAt?.ToUnixTimeMilliseconds(),
        });

    public static async Task SupersedeAsync(DatabaseSession session, TokenRequest request, DateTimeOffset now, DateTimeOffset graceEnd)
    {
        var parameters = new { request.DeviceId, kind = (int)request.Kind, request.MachineIdentifier, now = now.ToUnixTimeMilliseconds(), graceEnd = graceEnd.ToUnixTimeMilliseconds(), KeptInGrace };
        await session.ExecuteAsync(
            """
            UPDATE tokens SET superseded_at = @now, expires_at = CASE WHEN expires_at < @graceEnd THEN expires_at ELSE @graceEnd END
            WHERE device_id = @DeviceId AND kind = @kind AND machine_identifier = @MachineIdentifier AND superseded_at IS NULL
            """,
            parameters);
        await session.ExecuteAsync(
            """
            DELETE FROM tokens WHERE device_id = @DeviceId AND kind = @kind AND machine_identifier = @MachineIdentifier AND superseded_at IS NOT NULL
            AND id NOT IN (SELECT id FROM tokens WHERE device_id = @DeviceId AND kind = @kind AND machine_identifier = @MachineIdentifier AND superseded_at IS NOT NULL
                ORDER BY id DESC LIMIT @KeptInGrace)
            """,
            parameters);
    }

    public static async Task<bool> IsCurrentAsync(DatabaseSession session, TokenHash hash) => await session.FirstOrDefaultAsync<int>(
        "SELECT COUNT(*) FROM tokens WHERE hash = @hash AND superseded_at IS NULL AND expires_at IS NULL", new { hash = hash.ToBytes() }) == 1;

    /// <summary>Deletes a token, and with it those of its kind that it took the place of, and its device's tokens for single servers.</summary>
    public static async Task DeleteAsync(DatabaseSession session, TokenGrant grant)
    {
        await session.ExecuteAsync(
            "DELETE FROM tokens WHERE id = @TokenId OR (device_id = @DeviceId AND kind = @kind AND superseded_at IS NOT NULL)",
            new { grant.TokenId, grant.DeviceId, kind = (int)grant.Kind });
        await session.ExecuteAsync("DELETE FROM tokens WHERE device_id = @DeviceId AND kind = @server", new { grant.DeviceId, server = (int)PlexTokenKind.Server });
    }

    /// <summary>All of one kind that a device has.</summary>
    public static Task<int> DeleteAsync(DatabaseSession session, long deviceId, PlexTokenKind kind) =>
        session.ExecuteAsync("DELETE FROM tokens WHERE device_id = @deviceId AND kind = @kind", new { deviceId, kind = (int)kind });

    /// <summary>All tokens of an account but one.</summary>
    public static Task<int> DeleteOthersAsync(DatabaseSession session, int accountId, long keptTokenId) =>
        session.ExecuteAsync("DELETE FROM tokens WHERE account_id = @accountId AND id <> @keptTokenId", new { accountId, keptTokenId });
}
