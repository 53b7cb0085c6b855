namespace PlexAuth.Server;

/// <summary>Accounts as <see cref="PlexAuthAccounts.ExportAsync"/> gives them. Managed users, devices and tokens stay behind.</summary>
/// <remarks>
/// As JSON: <c>{"format":"plexauth-accounts","version":1,"accounts":[{"username","email","title","uuid","joinedAt","disabled","ownsServer","sealedPassword","sealedTwoFactorSeed"}]}</c>.
/// Only username and email are needed to import. Sealed members are base64 and open only with the key file of the server they come from; elsewhere the account
/// arrives without a password, to be given one by a reset.
/// </remarks>
public sealed class PlexAuthAccountFile
{
    internal const string FormatName = "plexauth-accounts";
    internal const int LatestVersion = 1;

    /// <summary>Always <c>plexauth-accounts</c>.</summary>
    public string Format { get; set; } = FormatName;

    /// <summary>Of this form: 1.</summary>
    public int Version { get; set; } = LatestVersion;

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<PlexAuthExportedAccount> Accounts { get; set; } = [];
}

/// <summary>One account of a <see cref="PlexAuthAccountFile"/>.</summary>
public sealed class PlexAuthExportedAccount
{
    /// <summary>What it signs in with.</summary>
    public string? Username { get; set; }

    /// <summary>What it signs in with as well.</summary>
    public string? Email { get; set; }

    /// <summary>The name people see.</summary>
    public string? Title { get; set; }

    /// <summary>16 hexadecimal digits; sealed members open for this one alone.</summary>
    public string? Uuid { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? JoinedAt { get; set; }

    /// <summary>May not sign in.</summary>
    public bool Disabled { get; set; }

    /// <summary>The media server is this account's. A server without any account takes that over; any other keeps its owner.</summary>
    public bool OwnsServer { get; set; }

    /// <summary>The password's hash, encrypted under the server's keys.</summary>
    public byte[]? SealedPassword { get; set; }

    /// <summary>The seed of the second factor, encrypted under the server's keys; null without one.</summary>
    public byte[]? SealedTwoFactorSeed { get; set; }
}

/// <summary>What became of one account of an import.</summary>
/// <param name="Username">Whose.</param>
/// <param name="Imported">It is there now.</param>
/// <param name="PasswordKept">It signs in as before; otherwise it needs a new password.</param>
/// <param name="Reason">Why it was left out.</param>
public sealed record PlexAuthImportedAccount(string Username, bool Imported, bool PasswordKept, string? Reason)
{
    /// <summary>The media server became this account's by the import.</summary>
    public bool OwnsServer { get; init; }
}
