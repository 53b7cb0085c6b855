namespace PlexAuth.Server.Tokens;

/// <summary>A token to be issued for one device of an account.</summary>
internal sealed record TokenRequest(PlexTokenKind Kind, int AccountId, long DeviceId)
{
    /// <summary>The one server that a server token is for.</summary>
    public string MachineIdentifier { get; init; } = "";

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The password that was checked; null where the account proved itself otherwise.</summary>
    public long? PasswordVersion { get; init; }

    /// <summary>What a signed token is to say; null for any other kind.</summary>
    public JwtTerms? Jwt { get; init; }

    /// <summary>A value that is known beforehand, for personas alone.</summary>
    public PlexToken? Fixed { get; init; }
}
