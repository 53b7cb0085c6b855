using PlexAuth.Server.Data;

namespace PlexAuth.Server.Tokens;

/// <summary>Ends tokens at their holder's wish.</summary>
internal sealed class SignOutService(Database database, TokenCache cache)
{
    /// <summary>The token, its device's tokens for single servers, and every transient one minted from any of them, are refused from the moment this returns.</summary>
    /// <returns>False for a transient token, which may not sign its parent out.</returns>
    public async Task<bool> SignOutAsync(TokenGrant grant, CancellationToken cancellationToken)
    {
        if (grant.Kind == PlexTokenKind.Transient)
            return false;
        await database.WriteAsync(session => TokenStore.DeleteAsync(session, grant), cancellationToken);
        cache.Forget(kept => kept.TokenId == grant.TokenId || kept.DeviceId == grant.DeviceId);
        return true;
    }
}
