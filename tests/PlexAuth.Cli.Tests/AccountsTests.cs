using System.Text.Json;

namespace PlexAuth.Cli.Tests;

public sealed class AccountsTests : IDisposable
{
    private readonly ToolHome _home = new();

    [Fact]
    public async Task The_first_account_owns_the_server_and_signs_in_to_it()
    {
        var first = (await AddAsync("alice", "correct horse battery")).ShouldEndWith(ExitCodes.Ok);
        first.Output.ShouldBe("Added alice (alice@example.com), who owns the server.\n");
        var second = (await AddAsync("bob", "staple correct horse", "--json")).ShouldEndWith(ExitCodes.Ok);
        using var answer = JsonDocument.Parse(second.Output);
        answer.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "uuid", "username", "email", "owner"]);
        answer.RootElement.GetProperty("owner").GetBoolean().ShouldBeFalse();

        using var server = await ServeAsync();
        var added = (await AddAsync("carol", "added while it runs")).ShouldEndWith(ExitCodes.Ok);
        foreach (var (name, password, source) in ((string, string, int)[])
            [("alice", "correct horse battery", ExitCodes.Ok), ("bob", "staple correct horse", ExitCodes.Forbidden), ("carol", "added while it runs", ExitCodes.Forbidden)])
        {
            using var user = new ToolHome();
            (await ToolProcess.RunAsync(user, ["signin", "--login", name, "--password-stdin", "--account-url", server.Url], password + "\n")).ShouldEndWith(ExitCodes.Ok);
            var machine = await server.MachineIdentifierAsync();
            (await ToolProcess.RunAsync(user, ["source", $"server://{machine}", "--server-url", server.Url])).ShouldEndWith(source);
        }
    }

    [Fact]
    public async Task Accounts_and_tokens_outlive_a_restart()
    {
        await AddAsync("alice", "correct horse battery");
        string token;
        using (var server = await ServeAsync())
        {
            (await ToolProcess.RunAsync(_home, ["signin", "--login", "alice", "--password-stdin", "--account-url", server.Url], "correct horse battery\n"))
                .ShouldEndWith(ExitCodes.Ok);
            token = (await ToolProcess.RunAsync(_home, ["token"])).Output.Trim();
        }

        using var again = await ServeAsync();
        (await ToolProcess.RunAsync(_home, ["whoami", "--account-url", again.Url], null, ("PLEX_TOKEN", token))).ShouldEndWith(ExitCodes.Ok);
    }

    [Theory]
    [InlineData("alice", "other@example.com", "taken")]
    [InlineData("other", "alice@example.com", "exists")]
    [InlineData("two words", "b@example.com", "username")]
    [InlineData("other", "nonsense", "e-mail")]
    public async Task A_name_or_address_that_cannot_be_is_refused_with_the_reason(string username, string email, string reason)
    {
        await AddAsync("alice", "correct horse battery");
        string[] arguments = ["accounts", "add", "--username", username, "--email", email, "--password-stdin"];
        (await ToolProcess.RunAsync(_home, arguments, "correct horse battery\n")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain(reason);
    }

    [Fact]
    public async Task A_short_password_is_refused_and_not_repeated()
    {
        var result = (await AddAsync("alice", "hunter2")).ShouldEndWith(ExitCodes.Error);
        result.Error.ShouldContain("too short");
        result.Error.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Passwords_that_differ_at_the_prompt_add_nothing()
    {
        var result = await InProcess.RunAsync(
            _home, ["accounts", "add", "--username", "alice", "--email", "alice@example.com"], keys: "one-long-password\nanother-password\n", canAsk: true);
        result.ShouldEndWith(ExitCodes.Usage).Error.ShouldContain("differ");
        Directory.Exists(_home.Combine("server")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_server_keeps_is_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await AddAsync("alice", "correct horse battery");
        var data = _home.Combine("server");
        ((int)ModeOf(data)).ShouldBe(Convert.ToInt32("700", 8));
        Directory.GetFiles(data).Select(ModeOf).ShouldAllBe(mode => mode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Without_any_account_serve_says_how_to_make_one()
    {
        using var process = ToolProcess.Start(_home, ["serve", "--urls", "http://127.0.0.1:0"]);
        (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull().ShouldContain("plexauth accounts add");
    }

    public void Dispose() => _home.Dispose();

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private Task<ToolResult> AddAsync(string name, string password, params string[] more) =>
        ToolProcess.RunAsync(_home, ["accounts", "add", "--username", name, "--email", $"{name}@example.com", "--password-stdin", .. more], password + "\n");

    private Task<RunningServer> ServeAsync() => RunningServer.StartAsync(_home, "serve", "--urls", "http://127.0.0.1:0", "--json");
}
