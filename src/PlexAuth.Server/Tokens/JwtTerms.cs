using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Tokens;

/// <summary>What goes into a signed token beside the account.</summary>
/// <param name="Issuer">The key that signs it.</param>
/// <param name="ClientIdentifier">The device, its second audience.</param>
/// <param name="DeviceKeyId">The kid under which the device registered its key, which it looks for as the thumbprint.</param>
/// <param name="Asked">What the device's own token says: its nonce, and the scopes to be granted.</param>
internal sealed record JwtTerms(PlexSigningKey Issuer, string ClientIdentifier, string DeviceKeyId, PlexJwtClaims Asked)
{
    public PlexJwt Sign(Account account, DateTimeOffset now) =>
        PlexJwt.Create(Issuer, PlexJwtClaims.ForAccount(ClientIdentifier, DeviceKeyId, Describe(account), now, Asked.Nonce));

    private PlexJwtUser Describe(Account account) => new(account.Id)
    {
        Uuid = account.Uuid,
        Username = Asks(PlexJwtScopes.Username) ? account.Username : null,
        Email = Asks(PlexJwtScopes.Email) ? account.Email : null,
        FriendlyName = Asks(PlexJwtScopes.FriendlyName) ? account.FriendlyName : null,
        Restricted = Asks(PlexJwtScopes.Restricted) ? account.Restricted : null,
        Anonymous = Asks(PlexJwtScopes.Anonymous) ? false : null,
        JoinedAt = Asks(PlexJwtScopes.JoinedAt) ? account.JoinedAt : null,
    };

    private bool Asks(string scope) => Asked.Scopes.Contains(scope, StringComparer.Ordinal);

    public override string ToString() => $"{nameof(JwtTerms)}({ClientIdentifier})";
}
