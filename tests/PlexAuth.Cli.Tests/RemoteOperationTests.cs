using System.Text.Json;

namespace PlexAuth.Cli.Tests;

// What a server's owner does from another machine: the same commands as on the server's data.
public sealed class RemoteOperationTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private readonly ToolHome _serverHome = new();
    private readonly ToolHome _home = new();
    private RunningServer? _server;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in (string[])["alice", "bob"])
        {
            (await InProcess.RunAsync(_serverHome, ["accounts", "add", "--username", name, "--email", $"{name}@example.com", "--password-stdin"], Password + "\n"))
                .ShouldEndWith(ExitCodes.Ok);
        }

        _server = await RunningServer.StartAsync(_serverHome, "serve", "--urls", "http://127.0.0.1:0", "--json");
        await SignInAsync("alice");
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _serverHome.Dispose();
        _home.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Accounts_and_devices_are_administered_as_on_the_servers_own_machine()
    {
        (await RunAsync("tide and lantern\n", "accounts", "add", "--username", "olga", "--email", "olga@example.com", "--password-stdin")).ShouldEndWith(ExitCodes.Ok)
            .Output.ShouldBe("Added olga (olga@example.com).\n");
        (await RunAsync("", "accounts", "list")).ShouldEndWith(ExitCodes.Ok).Output.ShouldContain("olga@example.com");
        (await RunAsync("", "accounts", "disable", "Olga@Example.com")).ShouldEndWith(ExitCodes.Ok).Output.ShouldBe("olga may not sign in any more, and is signed out.\n");
        JsonElement.Parse((await RunAsync("", "accounts", "show", "olga", "--json")).ShouldEndWith(ExitCodes.Ok).Output).GetProperty("disabled").GetBoolean().ShouldBeTrue();
        (await RunAsync("", "accounts", "enable", "olga")).ShouldEndWith(ExitCodes.Ok);
        (await RunAsync("lighthouse keeper\n", "accounts", "reset-password", "olga", "--password-stdin")).ShouldEndWith(ExitCodes.Ok);

        var devices = JsonElement.Parse((await RunAsync("", "devices", "list", "alice", "--json")).ShouldEndWith(ExitCodes.Ok).Output).GetProperty("devices");
        devices.GetArrayLength().ShouldBe(1);
        (await RunAsync("", "devices", "remove", "bob", "--all")).ShouldEndWith(ExitCodes.Ok).Output.ShouldBe("Signed 0 devices out.\n");
        (await RunAsync("", "audit", "--account", "olga")).ShouldEndWith(ExitCodes.Ok).Output.ShouldContain("password-reset");

        var file = _home.Combine("accounts.json");
        await File.WriteAllTextAsync(file, (await RunAsync("", "accounts", "export")).ShouldEndWith(ExitCodes.Ok).Output, TestContext.Current.CancellationToken);
        (await RunAsync("", "accounts", "import", file)).ShouldEndWith(ExitCodes.Ok).Output.ShouldContain("olga: left out.");
        (await RunAsync("", "devices", "remove", "alice", $"{devices[0].GetProperty("id")}")).ShouldEndWith(ExitCodes.Ok).Output.ShouldBe("Signed 1 device out.\n");
        (await RunAsync("", "accounts", "list")).ShouldEndWith(ExitCodes.SignInNeeded).Error.ShouldContain("plexauth signin");
    }

    [Fact]
    public async Task What_is_refused_says_why_as_on_the_servers_own_machine()
    {
        (await RunAsync("", "accounts", "show", "nobody")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("plexauth accounts list");
        (await RunAsync("", "devices", "remove", "alice", "777")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("plexauth devices list alice");
        (await RunAsync("alice123\n", "accounts", "reset-password", "alice", "--password-stdin")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("username");
        (await RunAsync("tide and lantern\n", "accounts", "add", "--username", "bob", "--email", "b@example.com", "--password-stdin")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("taken");

        string[] disable = ["accounts", "disable", "bob", "--account-url", _server!.AccountUrl];
        (await InProcess.RunAsync(_home, disable)).ShouldEndWith(ExitCodes.Usage).Error.ShouldContain("PLEX_OWNER_PASSWORD");
        (await InProcess.RunAsync(_home, [.. disable, "--owner-password-stdin"], "wrong\n")).ShouldEndWith(ExitCodes.Forbidden).Error.ShouldContain("your own password");
        (await InProcess.RunAsync(_home, disable, keys: Password + "\n", canAsk: true)).ShouldEndWith(ExitCodes.Ok).Error.ShouldContain("Your own password:");
    }

    [Fact]
    public async Task Only_the_owner_administers_a_server_and_only_one_of_ours()
    {
        await SignInAsync("bob");
        (await RunAsync("", "accounts", "list")).ShouldEndWith(ExitCodes.Forbidden).Error.ShouldContain("owns the server");

        (await InProcess.RunAsync(_home, ["accounts", "list", "--account-url", $"{_server!.Url}/elsewhere"], variables: ("PLEX_TOKEN", "some-token-0000000001")))
            .ShouldEndWith(ExitCodes.Error).Error.ShouldContain("no PlexAuth server");
        (await InProcess.RunAsync(_home, ["accounts", "list", "--account-url", "http://127.0.0.1:1"], variables: ("PLEX_TOKEN", "some-token-0000000001")))
            .ShouldEndWith(ExitCodes.Network).Error.ShouldContain("--account-url");
    }

    private async Task SignInAsync(string name) =>
        (await InProcess.RunAsync(_home, ["signin", "--login", name, "--password-stdin", "--account-url", _server!.AccountUrl], Password + "\n")).ShouldEndWith(ExitCodes.Ok);

    private Task<ToolResult> RunAsync(string input, params string[] arguments) =>
        InProcess.RunAsync(_home, [.. arguments, "--account-url", _server!.AccountUrl], input, variables: ("PLEX_OWNER_PASSWORD", Password));
}
