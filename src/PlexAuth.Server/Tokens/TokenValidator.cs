using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.Tokens;

/// <summary>Tells what a token is worth.</summary>
internal sealed class TokenValidator(Database database, TokenCache cache, TransientTokens transients, OwnServer own, DeviceActivity activity, TimeProvider time)
{
    private const int MaxLength = 4096;

    /// <returns>Null for a token that is unknown, expired, revoked, for another server, or whose account may not be used.</returns>
    public ValueTask<TokenGrant?> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > MaxLength)
            return new((TokenGrant?)null);
        var hash = TokenHash.Of(token);
        return cache.Find(hash) is { } grant ? new(grant) : new(ExamineAsync(token, hash, cancellationToken));
    }

    private async Task<TokenGrant?> ExamineAsync(string token, TokenHash hash, CancellationToken cancellationToken)
    {
        var revocations = cache.Revocations;
        var grant = TransientTokens.IsTransient(token)
            ? await ReadTransientAsync(token, cancellationToken)
            : await ReadStoredAsync(session => TokenStore.FindAsync(session, hash), cancellationToken);
        if (grant is null)
            return null;
        activity.Seen(grant.DeviceId);
        cache.Keep(hash, grant, revocations);
        return grant;
    }

    private async Task<TokenGrant?> ReadTransientAsync(string token, CancellationToken cancellationToken)
    {
        if (await transients.ReadAsync(token, own.MachineIdentifier, cancellationToken) is not { } claims)
            return null;
        var parent = await ReadStoredAsync(session => TokenStore.FindAsync(session, claims.ParentId), cancellationToken);
        if (parent is null)
            return null;
        // The parent's end may have come nearer since, as when its device signed in again.
        var expiresAt = parent.ExpiresAt < claims.ExpiresAt ? parent.ExpiresAt : claims.ExpiresAt;
        return parent with { Kind = PlexTokenKind.Transient, ParentKind = parent.Kind, ExpiresAt = expiresAt, MachineIdentifier = own.MachineIdentifier };
    }

    private Task<TokenGrant?> ReadStoredAsync(Func<DatabaseSession, Task<TokenRow?>> find, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            if (await find(session) is not { AccountDisabled: false } row || row.ExpiresAt <= time.GetUtcNow().ToUnixTimeMilliseconds())
                return null;
            return await AccountStore.FindAsync(session, row.AccountId) is { Disabled: false } account ? row.ToGrant(account) : null;
        },
        cancellationToken);
}
