namespace PlexAuth;

/// <summary>What <see cref="PlexJwt.Verify"/> demands of a token beyond its signature.</summary>
/// <param name="Issuer">The only <c>iss</c> that counts.</param>
/// <param name="Audience">An <c>aud</c> that must be among the token's.</param>
public sealed record PlexJwtRules(string Issuer, string Audience)
{
    /// <summary>How wrong the clocks may be.</summary>
    /// <value>60 seconds: a token counts until just before <c>exp</c> + 60 s, and from <c>iat</c> - 60 s on.</value>
    public TimeSpan Leeway { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest accepted time from <c>iat</c> to <c>exp</c>.</summary>
    /// <value>Null: any.</value>
    public TimeSpan? MaximumLifetime { get; init; }

    /// <summary>
    /// For a device's own token: issued by this device for plex.tv, for at most 24 hours. Whether the nonce is known and unused is for the caller
    /// to find out.
    /// </summary>
    public static PlexJwtRules ForDevice(string clientIdentifier) =>
        new(clientIdentifier, PlexJwtClaims.AccountService) { MaximumLifetime = TimeSpan.FromHours(24) };

    /// <summary>
    /// For a token of the account service: issued by plex.tv for this device. The device also compares the thumbprint with its own key's id.
    /// </summary>
    public static PlexJwtRules ForAccount(string clientIdentifier) => new(PlexJwtClaims.AccountService, clientIdentifier);
}
