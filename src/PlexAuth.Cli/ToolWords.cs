namespace PlexAuth.Cli;

// The client's messages name what a program sets; whoever uses the tool has options for it.
internal static class ToolWords
{
    private static readonly (string OfClient, string OfTool)[] Words =
    [
        ("PlexConnectPolicy.AllowHttp", "--allow-http"),
        ("PlexConnectPolicy.Addresses", "--address"),
        ("name it in PlexConnectPolicy.TrustedRoots", "have this machine trust it"),
        ("PlexClientOptions.AccountUrl", "--account-url"),
        ("PlexClientOptions.ServerUrl or PlexCallOptions.ServerUrl", "--server-url"),
        ("PlexClientOptions.ServerUrl", "--server-url"),
        ("the option Timeout", "--timeout"),
        ("name another directory", "name another with PLEXAUTH_HOME"),
        ("set another data directory", "name another with --data"),
    ];

    public static string For(string message) => Words.Aggregate(message, (text, word) => text.Replace(word.OfClient, word.OfTool, StringComparison.Ordinal));
}
