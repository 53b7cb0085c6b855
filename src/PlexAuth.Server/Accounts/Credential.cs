namespace PlexAuth.Server.Accounts;

/// <summary>What a sign-in is checked against, still sealed.</summary>
internal sealed class Credential
{
    public int AccountId { get; set; }

    public string Uuid { get; set; } = "";

    public bool Disabled { get; set; }

    public byte[]? SealedPassword { get; set; }

    public long PasswordVersion { get; set; }

    public bool TwoFactorEnabled { get; set; }

    public byte[]? SealedTotpSeed { get; set; }

    public long TotpLastStep { get; set; }
}
