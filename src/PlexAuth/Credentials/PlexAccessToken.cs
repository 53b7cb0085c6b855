namespace PlexAuth;

/// <summary>A token as a credential hands it over.</summary>
/// <param name="Token">The secret.</param>
/// <param name="ExpiresAt">When it must be asked for anew; null when it lasts until revoked.</param>
public sealed record PlexAccessToken(PlexToken Token, DateTimeOffset? ExpiresAt = null);
