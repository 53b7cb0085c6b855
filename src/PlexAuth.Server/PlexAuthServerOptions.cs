using System.Security.Cryptography.X509Certificates;

namespace PlexAuth.Server;

/// <summary>How a Plex-compatible server is set up. Read once, when the server starts.</summary>
public sealed class PlexAuthServerOptions
{
    /// <summary>SQLite connection string such as <c>Data Source=/srv/plexauth/plexauth.db</c>; null takes <c>plexauth.db</c> in <see cref="DataDirectory"/>.</summary>
    /// <remarks>
    /// With neither, everything is in memory and gone when the process ends. A connection string with a <c>Host</c> is for PostgreSQL 15 or later, which several
    /// processes may share; the keys stay outside it, in <see cref="DataDirectory"/>, the same for all of them.
    /// </remarks>
    public string? Database { get; set; }

    /// <summary>Folder for the database and the keys kept beside it, created with access for its owner alone; null takes the folder of the database file.</summary>
    /// <remarks>A folder or file that other users of the machine may open is refused at the start.</remarks>
    public string? DataDirectory { get; set; }

    /// <summary>The file with the keys, such as a mounted secret of mode 400; null takes <c>plexauth.keys</c> in <see cref="DataDirectory"/>.</summary>
    /// <remarks>Made at the first start where it is missing. Without files for the database there is none.</remarks>
    public string? KeyFile { get; set; }

    /// <summary>What this process is called among those that share a PostgreSQL database; null takes the machine's name and <see cref="DataDirectory"/>.</summary>
    /// <remarks>
    /// When a process starts, the transient tokens of the one that had its name before end at once. So two processes of one name are one too many, and a name that
    /// changes with every start lets them live up to six seconds longer. Empty for a tool that runs beside the servers and serves nobody itself.
    /// </remarks>
    public string? InstanceName { get; set; }

    /// <summary>The account service of a media server that stands alone, such as <c>https://plex.example.com/api/v2</c>; null where the accounts are this process's own.</summary>
    /// <remarks>
    /// Only the media server is mapped then. It asks there what each token is worth: at most once a second, and while there is no answer the last one holds for an hour.
    /// Its owner claims it with <c>POST /myplex/claim?token=claim-…</c> from nearby; from then on it reports where it is.
    /// </remarks>
    public Uri? AccountUrl { get; set; }

    /// <summary>Roots that the certificates of the account service and of other media servers may lead to, besides the machine's.</summary>
    public IList<X509Certificate2> TrustedRoots { get; } = [];

    /// <summary>The media server's identity, 40 hexadecimal digits; null makes one at random, kept with the database.</summary>
    public string? MachineIdentifier { get; set; }

    /// <summary>The media server's name as people see it; null takes the machine's host name.</summary>
    public string? FriendlyName { get; set; }

    /// <summary>The address that clients reach this server under, used where an answer holds a link; null takes the address it listens on. A call's Host header is never believed.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Refuses every account call without a client identifier, as plex.tv does, instead of tolerating its absence beside a valid token.</summary>
    public bool Strict { get; set; }

    /// <summary>Accepts <c>X-Plex-Token</c> as a query argument, which older clients need. A token in a URL is easily leaked, by proxies' logs above all.</summary>
    public bool AllowQueryToken { get; set; } = true;

    /// <summary>Seeds an empty database with <see cref="PlexAuthPersona.All"/>, whose passwords everybody knows, and is their server "Living Room". Never in public.</summary>
    public bool DevPersonas { get; set; }

    /// <summary>Where the personas' other media server, "Attic", runs; null leaves it at addresses that are reserved for examples, where nothing answers.</summary>
    /// <remarks>A server with <see cref="DevPersonas"/> and <see cref="AccountUrl"/> is that one. Once it runs it reports its address itself.</remarks>
    public Uri? DevAttic { get; set; }

    /// <summary>The fewest characters of a new password. Fifteen is better advice where accounts have no second factor.</summary>
    public int MinPasswordLength { get; set; } = 8;

    /// <summary>PBKDF2-HMAC-SHA512 rounds for a password, 0.2 s of one core by default; fewer only where tests need speed.</summary>
    /// <remarks>A stored hash with fewer is renewed when its owner next signs in.</remarks>
    public int PasswordHashIterations { get; set; } = 220_000;

    /// <summary>How long a call may take before it is given up and answered with 503; 10 s by default, which is longer than anything within it may take by itself. Taking accounts in is not bounded by it.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Reverse proxies, as IP addresses or networks such as <c>10.0.0.0/8</c>, whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed.</summary>
    /// <remarks>Without them, everybody behind a proxy shares one address and its budgets, and the pages refuse to take passwords over what looks like plain http.</remarks>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>Rules for signing apps in by PIN.</summary>
    public PlexAuthPinOptions Pins { get; } = new();
}
