namespace PlexAuth;

/// <summary>What a sign-in leaves behind: enough to stay signed in, and all of it secret together.</summary>
/// <remarks>
/// Belongs to one account service and one client identifier. With a <see cref="DeviceKey"/> it renews itself through
/// <see cref="PlexCredential.FromSession"/>; without, the token lasts until it is revoked. <see cref="ToString"/> shows neither token nor key.
/// </remarks>
/// <param name="AccountUrl">The account service that issued the token, as in <see cref="PlexClientOptions.AccountUrl"/>.</param>
/// <param name="ClientIdentifier">The installation that it was issued to.</param>
public sealed record PlexSession(Uri AccountUrl, string ClientIdentifier)
{
    /// <summary>Whose session it is, for people to read; not used otherwise.</summary>
    public string? Account { get; init; }

    /// <summary>The token. May be null where there is a device key.</summary>
    public PlexToken? Token { get; init; }

    /// <summary>When the token ends; null if it lasts until revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The registered key by which new tokens are got; null for a session by password, plain PIN or token.</summary>
    public PlexSigningKey? DeviceKey { get; init; }

    /// <summary>What new tokens shall tell about the user, of <see cref="PlexJwtScopes"/>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Service, installation and account only.</summary>
    public override string ToString() => $"{nameof(PlexSession)}({Account ?? "?"} at {AccountUrl}, {ClientIdentifier})";
}
