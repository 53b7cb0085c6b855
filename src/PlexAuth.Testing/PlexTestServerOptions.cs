using PlexAuth.Server;

namespace PlexAuth.Testing;

/// <summary>How a <see cref="PlexTestServer"/> is set up. Read once, when it starts.</summary>
public sealed class PlexTestServerOptions
{
    /// <summary>Accounts, Homes and servers of your own. Its <see cref="PlexSeed.Personas"/> says whether the personas are there too.</summary>
    /// <value>Nothing beside the personas.</value>
    public PlexSeed Seed { get; set; } = new();

    /// <summary>Refuses what plex.tv refuses, and says what to do instead.</summary>
    /// <value>False: what strict mode refuses is noted in <see cref="PlexEmulatorRequest.Warnings"/>.</value>
    public bool Strict { get; set; }

    /// <inheritdoc cref="PlexEmulatorOptions.Deterministic" path="/summary"/>
    /// <value>False.</value>
    /// <remarks>A transient or a signed token holds the time too, as many answers do: <see cref="ClockStandsAt"/> makes that the same.</remarks>
    public bool Deterministic { get; set; }

    /// <summary>What time it is until <see cref="PlexTestServer.Clock"/> is moved or let run.</summary>
    /// <value>Null: the clock runs with the machine's.</value>
    public DateTimeOffset? ClockStandsAt { get; set; }

    /// <summary>Changes the server's own options last, such as the lifetime of PINs.</summary>
    public Action<PlexAuthServerOptions>? ConfigureServer { get; set; }
}
