namespace PlexAuth.Server;

/// <summary>How a Plex-compatible server is set up. Read once, when the server starts.</summary>
public sealed class PlexAuthServerOptions
{
    /// <summary>SQLite connection string; null keeps everything in memory, gone when the process ends.</summary>
    public string? Database { get; set; }

    /// <summary>Folder for the database and the keys kept beside it, created with access for its owner alone; null where nothing is kept.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>The media server's identity, 40 hexadecimal digits; null makes one at random, kept with the database.</summary>
    public string? MachineIdentifier { get; set; }

    /// <summary>The media server's name as people see it.</summary>
    public string FriendlyName { get; set; } = "PlexAuth";

    /// <summary>The address that clients reach this server under, used where an answer holds a link; null takes the address each call came to.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Refuses every account call without a client identifier, as plex.tv does, instead of tolerating its absence beside a valid token.</summary>
    public bool Strict { get; set; }

    /// <summary>Accepts <c>X-Plex-Token</c> as a query argument, which older clients need. A token in a URL is easily leaked, by proxies' logs above all.</summary>
    public bool AllowQueryToken { get; set; } = true;

    /// <summary>Seeds the fixed accounts for tests, alice to heidi, whose passwords everybody knows. Never in public.</summary>
    public bool DevPersonas { get; set; }

    /// <summary>PBKDF2-HMAC-SHA512 rounds for a password; fewer only where tests need speed.</summary>
    public int PasswordHashIterations { get; set; } = 220_000;
}
