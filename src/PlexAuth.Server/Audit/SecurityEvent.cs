namespace PlexAuth.Server.Audit;

/// <summary>What can happen to an account, in the words of the audit trail. A name that is written down never changes its meaning.</summary>
internal static class SecurityEventKind
{
    public const string SignedIn = "signed-in";
    public const string SignedOut = "signed-out";
    public const string SignInRefused = "sign-in-refused";
    public const string SignedInFromNewNetwork = "signed-in-from-new-network";
    public const string AccountAdded = "account-added";
    public const string AccountImported = "account-imported";
    public const string AccountDisabled = "account-disabled";
    public const string AccountEnabled = "account-enabled";
    public const string PasswordChanged = "password-changed";
    public const string PasswordReset = "password-reset";
    public const string TwoFactorEnabled = "two-factor-enabled";
    public const string TwoFactorDisabled = "two-factor-disabled";
    public const string BackupCodesCreated = "backup-codes-created";
    public const string BackupCodeUsed = "backup-code-used";
    public const string DeviceKeyRegistered = "device-key-registered";
    public const string HomeSwitched = "home-switched";
    public const string HomePinChanged = "home-pin-changed";
    public const string HomeMemberAdded = "home-member-added";
    public const string HomeMemberRemoved = "home-member-removed";
    public const string ServerShared = "server-shared";
    public const string ServerUnshared = "server-unshared";
    public const string ServerClaimed = "server-claimed";
    public const string ServerUnclaimed = "server-unclaimed";
    public const string DeviceAdded = "device-added";
    public const string PinLinked = "pin-linked";
    public const string PinDenied = "pin-denied";
    public const string DeviceRemoved = "device-removed";
    public const string OtherDevicesRemoved = "other-devices-removed";
    public const string KeysRotated = "keys-rotated";
}

/// <summary>Who does something: a client with an account's token, somebody at a sign-in, or whoever operates the server.</summary>
/// <param name="Name"><c>account</c>, <c>anyone</c> or <c>operator</c>.</param>
internal sealed record Actor(string Name, string? ClientIdentifier = null, string? Address = null)
{
    public static Actor Operator { get; } = new("operator");
}

/// <param name="AccountId">Null where the login is nobody's.</param>
internal sealed record SecurityEvent(string Kind, int? AccountId, Actor Actor)
{
    /// <summary>Something that the account's owner should hear of, in case it was somebody else. That a code was wrong tells that the password was right.</summary>
    public bool IsNotice => AccountId is not null && (Code is null
        ? Kind is SecurityEventKind.SignedInFromNewNetwork or SecurityEventKind.DeviceAdded or SecurityEventKind.PinLinked
            or SecurityEventKind.PasswordChanged or SecurityEventKind.PasswordReset or SecurityEventKind.TwoFactorEnabled or SecurityEventKind.TwoFactorDisabled
            or SecurityEventKind.BackupCodesCreated or SecurityEventKind.BackupCodeUsed or SecurityEventKind.ServerClaimed or SecurityEventKind.ServerUnclaimed
        : Kind is SecurityEventKind.SignInRefused && Code == PlexErrorCode.VerificationCodeInvalid);

    /// <summary>What was acted on, where that is not the account itself: a client identifier.</summary>
    public string? Subject { get; init; }

    /// <summary>Why it was refused; null for what succeeded.</summary>
    public PlexErrorCode? Code { get; init; }
}

/// <summary>An event as it was written down.</summary>
internal class SecurityEventRow
{
    public long Id { get; set; }

    public long At { get; set; }

    public string Kind { get; set; } = "";

    public int? AccountId { get; set; }

    public string? Username { get; set; }

    public string Actor { get; set; } = "";

    public string? ClientIdentifier { get; set; }

    public string? Address { get; set; }

    public string? Subject { get; set; }

    public int? Code { get; set; }

    public DateTimeOffset Moment => DateTimeOffset.FromUnixTimeMilliseconds(At);

    public PlexAuthSecurityEvent ToEvent() => new(Moment, Kind, AccountId, Username, Actor, ClientIdentifier, Address, Subject, Code);
}
