namespace PlexAuth.Cli.Sessions;

// Where the tool keeps things: PLEXAUTH_HOME, or what the platform sets aside for an app's state (the sign-in) and data (the server).
internal sealed class ToolDirectories(Func<string, string?> variable)
{
    public string State => Own("state") ?? PerPlatform("XDG_STATE_HOME", ".local/state");

    public string ServerData => Own("server") ?? Path.Combine(PerPlatform("XDG_DATA_HOME", ".local/share"), "server");

    public string MediaServerData => Own("media-server") ?? Path.Combine(PerPlatform("XDG_DATA_HOME", ".local/share"), "media-server");

    private string? Own(string name) =>
        variable("PLEXAUTH_HOME") is { Length: > 0 } home ? Path.Combine(Path.GetFullPath(home), name) : null;

    private string PerPlatform(string xdgVariable, string xdgDefault)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "plexauth");

        // The XDG specification has relative paths ignored.
        var xdg = variable(xdgVariable) is { } path && Path.IsPathRooted(path) ? path : Path.Combine(Home(), xdgDefault);
        return Path.Combine(xdg, "plexauth");
    }

    private string Home() => variable("HOME") is { Length: > 0 } home
        ? home
        : throw new ToolException("Neither HOME nor PLEXAUTH_HOME is set, so there is no place to keep a sign-in. Set PLEXAUTH_HOME to a directory of your own.");
}
