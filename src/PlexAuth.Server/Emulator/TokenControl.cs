using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.Emulator;

/// <summary>Makes tokens and ends them, from outside the protocol.</summary>
internal sealed class TokenControl(Database database, TokenGate gate, TokenCache cache, TokenValidator validator, TransientTokens transients, OwnServer own,
    RandomSource random, TimeProvider time)
{
    public async Task<PlexToken> IssueAsync(int accountId, PlexTokenKind kind, string? clientIdentifier, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        if (kind == PlexTokenKind.Jwt)
            throw new PlexEmulatorException("A signed token (JWT) is made by a device's key alone: register one and exchange it, as an app does.");
        var client = new ClientIdentity(clientIdentifier ?? $"plexauth-issued-{random.Hex("issued device", 8)}") { Product = "PlexAuth tests", DeviceName = "Issued token" };
        var token = await IssueAsync(accountId, client, kind == PlexTokenKind.Server ? kind : PlexTokenKind.Account, lifetime, cancellationToken);
        return kind == PlexTokenKind.Transient ? await DelegateAsync(token, cancellationToken) : token;
    }

    /// <returns>False for a token that is not stored here.</returns>
    public Task<bool> ExpireAsync(PlexToken token, CancellationToken cancellationToken) => EndAsync(
        "UPDATE tokens SET expires_at = @now WHERE hash = @hash AND (expires_at IS NULL OR expires_at > @now)", token, cancellationToken);

    /// <returns>False for a token that is not stored here.</returns>
    public Task<bool> RevokeAsync(PlexToken token, CancellationToken cancellationToken) => EndAsync("DELETE FROM tokens WHERE hash = @hash", token, cancellationToken);

    /// <summary>What a new password with "sign out everywhere" does: all tokens, device keys and browsers.</summary>
    /// <returns>How many tokens ended.</returns>
    public async Task<int> RevokeAllAsync(int accountId, CancellationToken cancellationToken)
    {
        var revoked = await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("UPDATE accounts SET password_version = password_version + 1 WHERE id = @accountId", new { accountId });
                await session.ExecuteAsync("DELETE FROM device_keys WHERE device_id IN (SELECT id FROM devices WHERE account_id = @accountId)", new { accountId });
                await session.ExecuteAsync("DELETE FROM browser_sessions WHERE account_id = @accountId", new { accountId });
                return await session.ExecuteAsync("DELETE FROM tokens WHERE account_id = @accountId", new { accountId });
            },
            cancellationToken);
        cache.Forget(grant => grant.AccountId == accountId);
        return revoked;
    }

    private async Task<PlexToken> IssueAsync(int accountId, ClientIdentity client, PlexTokenKind kind, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await database.WriteAsync(
            async session => await gate.IssueAsync(session, new TokenRequest(kind, accountId, await DeviceStore.SignInAsync(session, accountId, client, address: null, now))
            {
                ExpiresAt = now + lifetime,
                MachineIdentifier = kind == PlexTokenKind.Server ? own.MachineIdentifier : "",
            }),
            cancellationToken) ?? throw new PlexEmulatorException("This account may hold no tokens: it is disabled.");
    }

    private async Task<PlexToken> DelegateAsync(PlexToken parent, CancellationToken cancellationToken) =>
        transients.Mint((await validator.ValidateAsync(parent.Reveal(), cancellationToken))!, own.MachineIdentifier)!.Token;

    private async Task<bool> EndAsync(string sql, PlexToken token, CancellationToken cancellationToken)
    {
        var parameters = new { hash = TokenHash.Of(token.Reveal()).ToBytes(), now = time.GetUtcNow().ToUnixTimeMilliseconds() };
        var ended = await database.WriteAsync(session => session.ExecuteAsync(sql, parameters), cancellationToken);
        cache.Forget(_ => true);
        return ended == 1;
    }
}
