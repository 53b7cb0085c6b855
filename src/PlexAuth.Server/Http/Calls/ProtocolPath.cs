namespace PlexAuth.Server.Http.Calls;

/// <summary>The roles a path can belong to; they differ in how they say no.</summary>
internal enum PlexRole
{
    Account,
    MediaServer,

    /// <summary>Nothing of Plex's: what this server's owner does with its accounts.</summary>
    Administration,
}

/// <summary>A path of the protocol with its spellings undone: doubled slashes, one trailing slash, a suffix that fixes the format.</summary>
internal readonly record struct ProtocolPath(string Value, PlexRole Role, PlexFormat? Suffix)
{
    public const string Administration = "/plexauth/admin";

    /// <summary>An address from before version 2 that refuses in the old way.</summary>
    public bool IsLegacyAccount => Value.StartsWith("/users/", StringComparison.OrdinalIgnoreCase);

    // Everything else belongs to the application that embeds the server and is left as it came.
    private static readonly (string Prefix, PlexRole Role)[] Roots =
    [
        ("/api/v2", PlexRole.Account),
        ("/users/sign_in", PlexRole.Account),
        ("/users/account", PlexRole.Account),
        ("/api/home", PlexRole.Account),
        ("/api/users", PlexRole.Account),
        ("/api/friends", PlexRole.Account),
        ("/api/servers", PlexRole.Account),
        ("/api/claim", PlexRole.Account),
        ("/api/resources", PlexRole.Account),
        ("/pms/resources", PlexRole.Account),
        ("/pms/servers", PlexRole.Account),
        ("/security", PlexRole.MediaServer),
        ("/myplex", PlexRole.MediaServer),
        ("/identity", PlexRole.MediaServer),
        (Administration, PlexRole.Administration),
    ];

    // These are common words, which the application may use for files of its own.
    private static readonly (string Root, int MostBelow)[] CommonRoots = [("/pins", 1), ("/devices", 1), ("/resources", 0)];

    public static ProtocolPath? Parse(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return null;

        var plain = SingleSlashes(path);
        var (unsuffixed, suffix) = WithoutSuffix(plain);
        foreach (var (prefix, role) in Roots)
        {
            if (IsUnder(unsuffixed, prefix))
                return new ProtocolPath(unsuffixed, role, suffix);
        }

        foreach (var (root, mostBelow) in CommonRoots)
        {
            if (IsUnder(unsuffixed, root) && unsuffixed.AsSpan(root.Length).Count('/') <= mostBelow)
                return new ProtocolPath(unsuffixed, PlexRole.Account, suffix);
        }

        return plain == "/" ? new ProtocolPath(plain, PlexRole.MediaServer, null) : null;
    }

    private static string SingleSlashes(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
            path = path.Replace("//", "/", StringComparison.Ordinal);

        return path.Length > 1 && path[^1] == '/' ? path[..^1] : path;
    }

    private static (string Path, PlexFormat? Suffix) WithoutSuffix(string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? (path[..^5], PlexFormat.Json)
        : path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? (path[..^4], PlexFormat.Xml)
        : (path, null);

    private static bool IsUnder(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == prefix.Length || path[prefix.Length] == '/');
}
