namespace PlexAuth.Server;

/// <summary>How an emulator starts. Read once.</summary>
public sealed class PlexEmulatorOptions
{
    /// <summary>Accounts, Homes and servers beside the personas.</summary>
    public PlexSeed? Seed { get; set; }

    /// <summary>Tokens of sign-ins, PIN ids and PIN codes are the same in every run, one after the other. Transient, signed and server tokens stay random.</summary>
    /// <value>False.</value>
    public bool Deterministic { get; set; }

    /// <summary>An exported state to begin with, in place of personas and seed.</summary>
    public byte[]? State { get; set; }
}
