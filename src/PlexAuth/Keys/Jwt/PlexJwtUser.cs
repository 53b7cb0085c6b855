namespace PlexAuth;

/// <summary>The account within a token of the account service. Beyond the ids, only what the device's scopes asked for is there.</summary>
/// <param name="Id">The account's number.</param>
public sealed record PlexJwtUser(long Id)
{
    /// <summary>The account's uuid, 16 hex digits.</summary>
    public string? Uuid { get; init; }

    /// <summary>Scope <see cref="PlexJwtScopes.Username"/>.</summary>
    public string? Username { get; init; }

    /// <summary>Scope <see cref="PlexJwtScopes.Email"/>.</summary>
    public string? Email { get; init; }

    /// <summary>Scope <see cref="PlexJwtScopes.FriendlyName"/>.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>Scope <see cref="PlexJwtScopes.Restricted"/>.</summary>
    public bool? Restricted { get; init; }

    /// <summary>Scope <see cref="PlexJwtScopes.Anonymous"/>.</summary>
    public bool? Anonymous { get; init; }

    /// <summary>Scope <see cref="PlexJwtScopes.JoinedAt"/>; whole seconds.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>The number alone: the rest is personal and has no place in a log.</summary>
    public override string ToString() => $"PlexJwtUser({Id})";
}
