namespace PlexAuth;

/// <summary>What a token says: a device's about itself when it signs in, or the account service's about a device and its user.</summary>
/// <remarks>Times have whole seconds. From <see cref="PlexJwt.Read"/> they are only what someone wrote; see <see cref="PlexJwt.Verify"/>.</remarks>
public sealed record PlexJwtClaims
{
    /// <summary>The name of Plex's account service as <c>iss</c> of its own tokens and as <c>aud</c> of the devices'.</summary>
    public const string AccountService = "plex.tv";

    /// <summary><c>iss</c>: who signed. A device's client identifier, or <see cref="AccountService"/>.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>aud</c>: for whom. Written as a string if there is one, else as an array; read in both forms.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary><c>iat</c>.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary><c>exp</c>.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary><c>nbf</c>: before this time the token does not count. Plex sends none.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary><c>nonce</c>: the account service's single-use value that a device signs to show that its token is new.</summary>
    public string? Nonce { get; init; }

    /// <summary>
    /// <c>thumbprint</c>: the <c>kid</c> of the device's key, in a token of the account service. Compare it with
    /// <see cref="PlexSigningKey.KeyId"/>.
    /// </summary>
    public string? Thumbprint { get; init; }

    /// <summary><c>scope</c>: what the device wants to know, see <see cref="PlexJwtScopes"/>. On the wire one comma-separated string.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary><c>user</c>: the account, in a token of the account service.</summary>
    public PlexJwtUser? User { get; init; }

    /// <summary>The claims by which a device asks for a token.</summary>
    /// <param name="clientIdentifier">The device's client identifier, the same as in <c>X-Plex-Client-Identifier</c>.</param>
    /// <param name="issuedAt">The time by the account service's clock.</param>
    /// <param name="nonce">What <c>GET /auth/nonce</c> answered; null only when polling a PIN.</param>
    /// <param name="scopes">What to ask for; nothing by default.</param>
    /// <param name="lifetime">
    /// Five minutes by default, as python-plexapi has it. Up to an hour is advised; this library's server refuses more than a day.
    /// </param>
    public static PlexJwtClaims ForDevice(
        string clientIdentifier, DateTimeOffset issuedAt, string? nonce = null, IReadOnlyList<string>? scopes = null, TimeSpan? lifetime = null) => new()
        {
            Issuer = clientIdentifier,
            Audiences = [AccountService],
            IssuedAt = issuedAt,
            ExpiresAt = issuedAt + (lifetime ?? TimeSpan.FromMinutes(5)),
            Nonce = nonce,
            Scopes = scopes ?? [],
        };

    /// <summary>The claims of the seven-day token with which the account service answers a device.</summary>
    /// <param name="clientIdentifier">The device's client identifier, second of the two audiences.</param>
    /// <param name="thumbprint">The <c>kid</c> under which the device registered its key.</param>
    /// <param name="user">The account, with what the granted scopes allow.</param>
    /// <param name="issuedAt">The time of the answer.</param>
    /// <param name="nonce">The nonce of the device's token.</param>
    public static PlexJwtClaims ForAccount(string clientIdentifier, string thumbprint, PlexJwtUser user, DateTimeOffset issuedAt, string? nonce = null) => new()
    {
        Issuer = AccountService,
        Audiences = [AccountService, clientIdentifier],
        IssuedAt = issuedAt,
        ExpiresAt = issuedAt.AddDays(7),
        Nonce = nonce,
        Thumbprint = thumbprint,
        User = user,
    };

    /// <summary>Issuer and times; neither the nonce nor anything about the user.</summary>
    public override string ToString() => $"PlexJwtClaims(from {Issuer}, {IssuedAt:u} to {ExpiresAt:u})";
}
