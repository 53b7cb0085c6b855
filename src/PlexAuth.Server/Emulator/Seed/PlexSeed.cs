using System.Text.Json.Serialization;

namespace PlexAuth.Server;

/// <summary>Accounts, Homes and servers to be there beside the personas. Names refer to what is in the seed or on the server already.</summary>
public sealed record PlexSeed
{
    /// <summary>The version of the format that this library reads and writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The file that describes the format, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; set; }

    /// <summary>The version that this was written in.</summary>
    public int Version { get; set; } = CurrentVersion;

    /// <summary>Whether a new server starts with the personas as well. Says nothing to a server that runs already.</summary>
    /// <value>True.</value>
    public bool Personas { get; set; } = true;

    /// <summary>The first account of all owns the media server, where there are no personas.</summary>
    public IReadOnlyList<PlexSeedAccount> Accounts { get; set; } = [];

    /// <summary>Each account is in one at most.</summary>
    public IReadOnlyList<PlexSeedHome> Homes { get; set; } = [];

    /// <summary>Media servers and providers.</summary>
    public IReadOnlyList<PlexSeedServer> Servers { get; set; } = [];
}

/// <summary>An account to be.</summary>
/// <param name="Name">Username, or the title of a managed user.</param>
public sealed record PlexSeedAccount(string Name)
{
    /// <value><c>name@example.com</c>; a managed user has none.</value>
    public string? Email { get; set; }

    /// <summary>Of any length.</summary>
    /// <value><c>name-password</c>; a managed user has none.</value>
    public string? Password { get; set; }

    /// <summary>An account token that is valid from the start.</summary>
    /// <value>A random one.</value>
    public string? Token { get; set; }

    /// <summary>Base 32 seed of a second factor, which turns it on.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>Digits that protect this member of a Home.</summary>
    public string? HomePin { get; set; }

    /// <summary>A managed user: no e-mail address, no password.</summary>
    public bool Managed { get; set; }

    /// <summary>Has a subscription.</summary>
    public bool PlexPass { get; set; }

    /// <summary>Never confirmed the e-mail address.</summary>
    public bool Unconfirmed { get; set; }

    /// <summary>Every sign-in and token is refused.</summary>
    public bool Disabled { get; set; }
}

/// <summary>A Home to be.</summary>
/// <param name="Admin">Name of the account that runs it.</param>
public sealed record PlexSeedHome(string Admin)
{
    /// <summary>Names of the other accounts in it.</summary>
    public IReadOnlyList<string> Members { get; set; } = [];
}

/// <summary>A media server or provider to be, or one that is there already and gets shares and connections added.</summary>
/// <param name="Name">As people see it.</param>
public sealed record PlexSeedServer(string Name)
{
    /// <summary>40 hexadecimal digits; for a provider its name, such as <c>tv.plex.provider.podcasts</c>.</summary>
    /// <value>That of the server with this name, or else a random one.</value>
    public string? Identifier { get; set; }

    /// <summary>A provider, which everybody can see, instead of a media server.</summary>
    public bool Provider { get; set; }

    /// <summary>Name of an account.</summary>
    public string? Owner { get; set; }

    /// <summary>Names of accounts.</summary>
    public IReadOnlyList<string> SharedWith { get; set; } = [];

    /// <summary>Where it says it can be reached.</summary>
    public IReadOnlyList<PlexSeedConnection> Connections { get; set; } = [];
}

/// <summary>One address of a server.</summary>
/// <param name="Uri">http or https.</param>
public sealed record PlexSeedConnection(Uri Uri)
{
    /// <summary>In the server's own network.</summary>
    public bool Local { get; set; }

    /// <summary>By way of a relay.</summary>
    public bool Relay { get; set; }
}

/// <summary>A seed, a state or a name that the emulator cannot use; the message says what to change.</summary>
public sealed class PlexEmulatorException(string message, Exception? innerException = null) : Exception(message, innerException);
