namespace PlexAuth.Server.Accounts;

/// <summary>An account as its row has it.</summary>
internal sealed class AccountRow
{
    public const string Columns =
        """
        a.id AS Id, a.uuid AS Uuid, a.username AS Username, a.email AS Email, a.title AS Title, a.friendly_name AS FriendlyName, a.country AS Country,
        a.locale AS Locale, a.joined_at AS JoinedAt, a.updated_at AS UpdatedAt, a.confirmed AS Confirmed, a.disabled AS Disabled,
        a.email_only_auth AS EmailOnlyAuth, a.sealed_password IS NOT NULL AS HasPassword, a.two_factor_enabled AS TwoFactorEnabled,
        a.backup_codes_created AS BackupCodesCreated, a.home_id AS HomeId, a.home_admin AS HomeAdmin, a.restricted AS Restricted,
        a.restriction_profile AS RestrictionProfile, a.guest AS Guest, a.sealed_home_pin IS NOT NULL AS Protected,
        a.subscription_plan AS SubscriptionPlan, a.subscribed_at AS SubscribedAt,
        (SELECT COUNT(*) FROM accounts h WHERE h.home_id = a.home_id) AS HomeSize
        """;

    public int Id { get; set; }

    public string Uuid { get; set; } = "";

    public string Username { get; set; } = "";

    public string Email { get; set; } = "";

    public string Title { get; set; } = "";

    public string FriendlyName { get; set; } = "";

    public string? Country { get; set; }

    public string? Locale { get; set; }

    public long JoinedAt { get; set; }

    public long UpdatedAt { get; set; }

    public bool Confirmed { get; set; }

    public bool Disabled { get; set; }

    public bool EmailOnlyAuth { get; set; }

    public bool HasPassword { get; set; }

    public bool TwoFactorEnabled { get; set; }

    public bool BackupCodesCreated { get; set; }

    public long? HomeId { get; set; }

    public bool HomeAdmin { get; set; }

    public bool Restricted { get; set; }

    public string? RestrictionProfile { get; set; }

    public bool Guest { get; set; }

    public bool Protected { get; set; }

    public string? SubscriptionPlan { get; set; }

    public long? SubscribedAt { get; set; }

    public int HomeSize { get; set; }

    public Account ToAccount() => new()
    {
        Id = Id,
        Uuid = Uuid,
        Username = Username,
        Email = Email,
        Title = Title,
        FriendlyName = FriendlyName,
        Country = Country,
        Locale = Locale,
        JoinedAt = DateTimeOffset.FromUnixTimeMilliseconds(JoinedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
        Confirmed = Confirmed,
        Disabled = Disabled,
        EmailOnlyAuth = EmailOnlyAuth,
        HasPassword = HasPassword,
        TwoFactorEnabled = TwoFactorEnabled,
        BackupCodesCreated = BackupCodesCreated,
        HomeId = HomeId,
        HomeAdmin = HomeAdmin,
        HomeSize = Math.Max(HomeSize, 1),
        Restricted = Restricted,
        RestrictionProfile = RestrictionProfile,
        Guest = Guest,
        Protected = Protected,
        SubscriptionPlan = SubscriptionPlan,
        SubscribedAt = SubscribedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
    };
}
