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

    /// <summary>Tokens of sign-ins, PIN ids and PIN codes are the same in every run, up to the first <see cref="PlexTestServer.RestartAsync"/>.</summary>
    /// <value>False.</value>
    public bool Deterministic { get; set; }

    /// <summary>Changes the server's own options last, such as the lifetime of PINs.</summary>
    public Action<PlexAuthServerOptions>? ConfigureServer { get; set; }
}
