using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys;

namespace PlexAuth.Server.Tokens;

/// <summary>Ends tokens at their holder's wish.</summary>
internal sealed class SignOutService(Database database, TokenCache cache, TimeProvider time)
{
    /// <summary>The token, its device's former ones that are still in grace, its device's tokens for single servers, and every transient one minted from any of them, are refused from the moment this returns.</summary>
    /// <returns>False for a transient token, which may not sign its parent out.</returns>
    public async Task<bool> SignOutAsync(TokenGrant grant, Actor actor, CancellationToken cancellationToken)
    {
        if (grant.Kind == PlexTokenKind.Transient)
            return false;
        await database.WriteAsync(session => EndAsync(session, grant, actor), cancellationToken);
        cache.Forget(kept => kept.TokenId == grant.TokenId || kept.DeviceId == grant.DeviceId);
        return true;
    }

    /// <summary>A signed token takes its device's key along, which would only fetch another.</summary>
    private async Task EndAsync(DatabaseSession session, TokenGrant grant, Actor actor)
    {
        await TokenStore.DeleteAsync(session, grant);
        await SecurityEventStore.AddAsync(session, new(SecurityEventKind.SignedOut, grant.AccountId, actor), time.GetUtcNow());
        if (grant.Kind != PlexTokenKind.Jwt)
            return;

        await DeviceKeyStore.DeleteAsync(session, grant.DeviceId);
        await TokenStore.DeleteAsync(session, grant.DeviceId, PlexTokenKind.Jwt);
    }
}
