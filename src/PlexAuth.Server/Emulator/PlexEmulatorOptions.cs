namespace PlexAuth.Server;

/// <summary>How an emulator starts. Read once.</summary>
public sealed class PlexEmulatorOptions
{
    /// <summary>Accounts, Homes and servers beside the personas.</summary>
    public PlexSeed? Seed { get; set; }

    /// <summary>Tokens, codes, ids and keys are the same in every run, in the order of the calls. Everybody can know them, so this starts on loopback only.</summary>
    /// <value>False.</value>
    /// <remarks>A transient or a signed token holds the time too, as many answers do: <see cref="ClockStandsAt"/> makes that the same.</remarks>
    public bool Deterministic { get; set; }

    /// <summary>What time it is until the clock is moved or let run.</summary>
    /// <value>Null: the clock runs with the machine's.</value>
    public DateTimeOffset? ClockStandsAt { get; set; }

    /// <summary>An exported state to begin with, in place of personas and seed.</summary>
    public byte[]? State { get; set; }
}
