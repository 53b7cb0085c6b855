using PlexAuth.Server.Data;

namespace PlexAuth.Server.DeviceKeys.Issuer;

/// <summary>Tells a token that only ran out, whose device may fetch another, from one that never was or is revoked.</summary>
internal sealed class ExpiredTokens(Database database, IssuerKeyService issuer, TimeProvider time)
{
    public async Task<bool> ContainsAsync(string token, CancellationToken cancellationToken)
    {
        if (!PlexJwt.TryRead(token, out var read) || read.Claims is not { Audiences: [_, var clientIdentifier], Thumbprint: { } keyId } claims || claims.ExpiresAt > time.GetUtcNow())
            return false;

        // Rightly signed is enough here, as of its last moment: the clock has been looked at.
        var keys = await issuer.GetAsync(cancellationToken);
        return PlexJwt.Verify(token, keys.PublicKeys, PlexJwtRules.ForAccount(clientIdentifier), claims.ExpiresAt).IsValid
            && await database.ReadAsync(session => DeviceKeyStore.FindAsync(session, clientIdentifier, keyId), cancellationToken) is not null;
    }
}
