namespace PlexAuth.Cli.Tests;

// `plexauth serve --dev` on a free port, shared by the tests that only use it.
public sealed class DevServer : IAsyncLifetime
{
    private readonly ToolHome _home = new();
    private RunningServer? _server;

    public string AccountUrl => _server!.AccountUrl;

    public string ServerUrl => _server!.Url;

    // Of the second media server in the same process.
    public string AtticUrl => _server!.AtticUrl;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(_home, "serve", "--dev", "--urls", "http://127.0.0.1:0", "--json");

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _home.Dispose();
        return ValueTask.CompletedTask;
    }

    internal Task<ToolResult> RunAsync(ToolHome home, string[] arguments, string? input = null, params (string Name, string Value)[] variables) =>
        ToolProcess.RunAsync(home, arguments, input, [("PLEX_ACCOUNT_URL", AccountUrl), ("PLEX_SERVER_URL", ServerUrl), .. variables]);

    internal async Task SignInAsync(ToolHome home, string name) =>
        (await RunAsync(home, ["signin", "--login", name, "--password-stdin"], $"{name}-password\n")).ShouldEndWith(ExitCodes.Ok);
}
