namespace PlexAuth.Server.Accounts;

/// <summary>A person, or a managed user of somebody's Home, without anything secret.</summary>
internal sealed record Account
{
    public required int Id { get; init; }

    /// <summary>16 hexadecimal digits.</summary>
    public required string Uuid { get; init; }

    /// <summary>Empty for a managed user, who has no sign-in of their own.</summary>
    public required string Username { get; init; }

    /// <summary>Empty for a managed user.</summary>
    public required string Email { get; init; }

    public required string Title { get; init; }

    public required string FriendlyName { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public bool HasPassword { get; init; }

    public bool TwoFactorEnabled { get; init; }

    public bool BackupCodesCreated { get; init; }

    public bool Confirmed { get; init; }

    public bool EmailOnlyAuth { get; init; }

    public bool Disabled { get; init; }

    /// <summary>A managed user.</summary>
    public bool Restricted { get; init; }

    public string? RestrictionProfile { get; init; }

    /// <summary>Has a Home PIN.</summary>
    public bool Protected { get; init; }

    public bool Guest { get; init; }

    public string? Country { get; init; }

    public string? Locale { get; init; }

    public long? HomeId { get; init; }

    public bool HomeAdmin { get; init; }

    /// <summary>How many share the Home; 1 without one.</summary>
    public int HomeSize { get; init; } = 1;

    public bool SubscriptionActive => SubscriptionPlan is not null;

    public string? SubscriptionPlan { get; init; }

    public DateTimeOffset? SubscribedAt { get; init; }

    /// <summary>Changes with the avatar, for its URL's <c>c</c> argument.</summary>
    public long AvatarVersion => UpdatedAt.ToUnixTimeSeconds();

    /// <summary>The address of the avatar.</summary>
    public string ThumbAt(Uri publicUrl) => new Uri(publicUrl, $"/users/{Uuid}/avatar?c={AvatarVersion}").AbsoluteUri;

    public override string ToString() => $"account {Id}";
}
