namespace PlexAuth.Server.Accounts;

/// <summary>A row to be. Booleans are numbers here because that is what the columns hold.</summary>
internal sealed record NewAccount
{
    public required string Uuid { get; init; }

    public string Username { get; init; } = "";

    public string? UsernameKey { get; init; }

    public string Email { get; init; } = "";

    public string? EmailKey { get; init; }

    public required string Title { get; init; }

    public string FriendlyName { get; init; } = "";

    public required long JoinedAt { get; init; }

    public int Confirmed { get; init; } = 1;

    public byte[]? SealedPassword { get; init; }

    public int TwoFactorEnabled { get; init; }

    public byte[]? SealedTotpSeed { get; init; }

    public long? HomeId { get; init; }

    public int HomeAdmin { get; init; }

    public int Restricted { get; init; }

    public string? RestrictionProfile { get; init; }

    public byte[]? SealedHomePin { get; init; }

    public string? SubscriptionPlan { get; init; }

    public long? SubscribedAt { get; init; }
}
