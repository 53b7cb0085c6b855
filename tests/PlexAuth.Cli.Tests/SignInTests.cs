using System.Diagnostics;
using System.Text.Json;

namespace PlexAuth.Cli.Tests;

// A server of its own: wrong passwords slow down whoever else signs in as alice.
public sealed class SignInTests(DevServer server) : IClassFixture<DevServer>, IDisposable
{
    private readonly ToolHome _home = new();

    [Fact]
    public async Task Signing_in_keeps_the_account_for_later_calls_until_signing_out()
    {
        var signedIn = (await server.RunAsync(_home, ["signin", "--login", "alice", "--password-stdin"], "alice-password\n")).ShouldEndWith(ExitCodes.Ok);
        signedIn.Output.ShouldBe("Signed in as alice (alice@example.com).\n");
        signedIn.Error.ShouldContain(_home.SessionFile);

        (await ToolProcess.RunAsync(_home, ["whoami"])).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("alice (alice@example.com)\n");
        (await ToolProcess.RunAsync(_home, ["signout"])).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("Signed out");
        File.Exists(_home.SessionFile).ShouldBeFalse();
        (await ToolProcess.RunAsync(_home, ["whoami"])).ShouldEndWith(ExitCodes.SignInNeeded).Error.ShouldContain("plexauth signin");
    }

    [Fact]
    public async Task Signing_out_revokes_the_token_at_the_service()
    {
        await server.SignInAsync(_home, "alice");
        var token = (await ToolProcess.RunAsync(_home, ["token"])).ShouldEndWith(ExitCodes.Ok).Output.Trim();
        (await server.RunAsync(_home, ["whoami"], variables: ("PLEX_TOKEN", token))).ShouldEndWith(ExitCodes.Ok);
        (await ToolProcess.RunAsync(_home, ["signout", "--json"])).ShouldEndWith(ExitCodes.Ok).Output.ShouldBe("{\"signedOut\":true}\n");
        (await server.RunAsync(_home, ["whoami"], variables: ("PLEX_TOKEN", token))).ShouldEndWith(ExitCodes.SignInNeeded);
    }

    [Fact]
    public async Task The_answer_as_JSON_is_one_line_without_the_token()
    {
        var result = (await server.RunAsync(_home, ["signin", "--login", "bob@example.com", "--json", "-q"], null, ("PLEX_PASSWORD", "bob-password"))).ShouldEndWith(ExitCodes.Ok);
        result.Error.ShouldBeEmpty();
        result.Output.Count(character => character == '\n').ShouldBe(1);
        using var answer = JsonDocument.Parse(result.Output);
        answer.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["id", "uuid", "username", "title", "email", "plexPass", "home", "homeAdmin", "restricted", "twoFactorEnabled", "accountUrl", "clientIdentifier"]);
        answer.RootElement.GetProperty("username").GetString().ShouldBe("bob");
        answer.RootElement.GetProperty("accountUrl").GetString().ShouldBe(server.AccountUrl);
        result.Output.ShouldNotContain(JsonDocument.Parse(await File.ReadAllTextAsync(_home.SessionFile, TestContext.Current.CancellationToken)).RootElement.GetProperty("token").GetString()!);
    }

    [Theory]
    [InlineData("alice", "wrong", ExitCodes.SignInNeeded)]
    [InlineData("nobody", "nobody-password", ExitCodes.SignInNeeded)]
    [InlineData("heidi", "heidi-password", ExitCodes.SignInNeeded)]
    [InlineData("alice", "", ExitCodes.Usage)]
    public async Task A_refused_sign_in_says_why_and_keeps_nothing(string login, string password, int exitCode)
    {
        var result = (await server.RunAsync(_home, ["signin", "--login", login, "--password-stdin"], password + "\n")).ShouldEndWith(exitCode);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldStartWith("error: ");
        File.Exists(_home.SessionFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_sign_in_leaves_the_former_one_in_place()
    {
        await server.SignInAsync(_home, "alice");
        (await server.RunAsync(_home, ["signin", "--login", "alice", "--password-stdin"], "wrong\n")).ShouldEndWith(ExitCodes.SignInNeeded);
        (await ToolProcess.RunAsync(_home, ["whoami"])).ShouldEndWith(ExitCodes.Ok);
    }

    [Fact]
    public async Task Without_a_terminal_what_is_missing_is_named_and_nothing_is_sent()
    {
        var noLogin = (await server.RunAsync(_home, ["signin", "--password", "--account-url", "http://127.0.0.1:1"], "")).ShouldEndWith(ExitCodes.Usage);
        noLogin.Error.ShouldContain("--login");
        var noPassword = (await server.RunAsync(_home, ["signin", "--login", "alice", "--account-url", "http://127.0.0.1:1"], "")).ShouldEndWith(ExitCodes.Usage);
        noPassword.Error.ShouldContain("--password-stdin");
    }

    [Fact]
    public async Task A_second_factor_without_a_terminal_asks_for_the_option()
    {
        var result = await server.RunAsync(_home, ["signin", "--login", "carol", "--password-stdin"], "carol-password\n");
        result.ShouldEndWith(ExitCodes.SignInNeeded).Error.ShouldContain("--verification-code-stdin");
    }

    [Fact]
    public async Task A_second_factor_comes_on_the_next_line_of_standard_input()
    {
        string[] arguments = ["signin", "--login", "carol", "--password-stdin", "--verification-code-stdin"];
        (await server.RunAsync(_home, arguments, "carol-password\n000000\n")).ShouldEndWith(ExitCodes.SignInNeeded);
        (await server.RunAsync(_home, arguments, $"carol-password\n{Codes.Carol()}\n")).ShouldEndWith(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_ends_with_3()
    {
        var result = await ToolProcess.RunAsync(_home, ["signin", "--login", "alice", "--password-stdin", "--account-url", "http://127.0.0.1:1", "--timeout", "5"], "alice-password\n");
        result.ShouldEndWith(ExitCodes.Network).Error.ShouldContain("127.0.0.1:1");
    }

    [Fact]
    public async Task The_client_identifier_is_the_same_at_every_call_and_can_be_chosen()
    {
        async Task<string> IdentifierAsync(params string[] arguments)
        {
            var result = await server.RunAsync(_home, ["whoami", "--json", .. arguments], null, ("PLEX_TOKEN", "alice-dev-token-0001"));
            using var answer = JsonDocument.Parse(result.ShouldEndWith(ExitCodes.Ok).Output);
            return answer.RootElement.GetProperty("clientIdentifier").GetString()!;
        }

        var made = await IdentifierAsync();
        made.ShouldMatch("^[0-9a-f]{32}$");
        (await IdentifierAsync()).ShouldBe(made);
        (await IdentifierAsync("--client-identifier", "mine")).ShouldBe("mine");
    }

    [Fact]
    public async Task A_kept_token_is_not_sent_to_another_account_service()
    {
        await server.SignInAsync(_home, "alice");
        var result = await ToolProcess.RunAsync(_home, ["whoami", "--account-url", server.AccountUrl.Replace("127.0.0.1", "localhost")]);
        result.ShouldEndWith(ExitCodes.SignInNeeded).Error.ShouldContain($"You are signed in to {server.AccountUrl}");
    }

    [Fact]
    public async Task A_token_of_the_environment_wins_and_signing_it_out_leaves_the_kept_sign_in()
    {
        await server.SignInAsync(_home, "alice");
        using var other = new ToolHome();
        await server.SignInAsync(other, "bob");
        var token = (await ToolProcess.RunAsync(other, ["token"])).Output.Trim();

        (await server.RunAsync(_home, ["whoami"], variables: ("PLEX_TOKEN", token))).Output.ShouldStartWith("bob ");
        (await server.RunAsync(_home, ["signout"], variables: ("PLEX_TOKEN", token))).ShouldEndWith(ExitCodes.Ok);
        (await server.RunAsync(_home, ["signout"], variables: ("PLEX_TOKEN", token))).ShouldEndWith(ExitCodes.Ok).Output.ShouldContain("no longer valid");
        (await ToolProcess.RunAsync(_home, ["whoami"])).Output.ShouldStartWith("alice ");
    }

    [Fact]
    public async Task A_writer_killed_in_the_midst_of_it_leaves_the_former_session_or_the_new_one()
    {
        await server.SignInAsync(_home, "alice");
        var folder = Path.GetDirectoryName(_home.SessionFile)!;
        for (var round = 0; round < 6; round++)
        {
            var name = round % 2 == 0 ? "bob" : "alice";
            using var watcher = new FileSystemWatcher(folder);
            Process? started = null;
            var changes = 0;
            FileSystemEventHandler kill = (_, _) =>
            {
                if (Interlocked.Increment(ref changes) > round / 2)
                    started?.Kill();
            };
            watcher.Created += kill;
            watcher.Changed += kill;
            watcher.EnableRaisingEvents = true;

            using var writer = started = ToolProcess.Start(_home, ["signin", "--login", name, "--account-url", server.AccountUrl], ("PLEX_PASSWORD", $"{name}-password"));
            await writer.WaitForExitAsync(TestContext.Current.CancellationToken);

            changes.ShouldBePositive();
            var left = await PlexSessionStore.InDirectory(folder).LoadAsync(cancellationToken: TestContext.Current.CancellationToken);
            left.ShouldNotBeNull().Account.ShouldBeOneOf("alice", "bob");
        }
    }

    public void Dispose() => _home.Dispose();
}
