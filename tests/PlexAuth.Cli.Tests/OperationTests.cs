using System.Text.Json;

namespace PlexAuth.Cli.Tests;

// What whoever operates a server does on its data.
public sealed class OperationTests : IDisposable
{
    private const string Password = "tide and lantern";
    private readonly ToolHome _home = new();

    [Fact]
    public async Task Accounts_are_listed_shown_disabled_enabled_and_given_new_passwords()
    {
        await AddAsync("penelope");
        var list = (await RunAsync("accounts", "list")).ShouldEndWith(ExitCodes.Ok).Output;
        list.ShouldContain("penelope@example.com");
        (await RunAsync("accounts", "disable", "Penelope@Example.com")).ShouldEndWith(ExitCodes.Ok).Output.ShouldBe("penelope may not sign in any more, and is signed out.\n");
        using (var shown = JsonDocument.Parse((await RunAsync("accounts", "show", "penelope", "--json")).ShouldEndWith(ExitCodes.Ok).Output))
            shown.RootElement.GetProperty("disabled").GetBoolean().ShouldBeTrue();
        (await RunAsync("accounts", "enable", "penelope")).ShouldEndWith(ExitCodes.Ok);

        (await RunAsync(["accounts", "reset-password", "penelope"], "lighthouse keeper\n")).ShouldEndWith(ExitCodes.Ok);
        (await RunAsync(["accounts", "reset-password", "penelope"], "penelope1\n")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("username");

        using var audit = JsonDocument.Parse((await RunAsync("audit", "--json")).ShouldEndWith(ExitCodes.Ok).Output);
        audit.RootElement.GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(
            ["password-reset", "other-devices-removed", "account-enabled", "account-disabled", "account-added"]);
    }

    [Fact]
    public async Task What_is_not_there_is_named_with_what_to_do()
    {
        (await RunAsync("accounts", "list")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("--data");
        await AddAsync("penelope");
        (await RunAsync("accounts", "show", "nobody")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("plexauth accounts list");
        (await RunAsync("devices", "remove", "penelope", "7")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("plexauth devices list penelope");
        (await RunAsync("devices", "remove", "penelope")).ShouldEndWith(ExitCodes.Usage).Error.ShouldContain("--all");
    }

    [Fact]
    public async Task Exported_accounts_are_taken_in_elsewhere_without_their_passwords()
    {
        await AddAsync("penelope");
        var file = _home.Combine("accounts.json");
        var exported = (await RunAsync("accounts", "export")).ShouldEndWith(ExitCodes.Ok).Output;
        exported.ShouldNotContain(Password);
        await File.WriteAllTextAsync(file, exported, TestContext.Current.CancellationToken);
        using var other = new ToolHome();

        var imported = (await InProcess.RunAsync(other, ["accounts", "import", file])).ShouldEndWith(ExitCodes.Ok);

        imported.Output.ShouldContain("as the media server's owner");
        imported.Output.ShouldContain("reset-password penelope");
        imported.Error.ShouldNotContain("claim");
        (await InProcess.RunAsync(other, ["accounts", "list"])).Output.ShouldContain("without password");
        await File.WriteAllTextAsync(file, "no json", TestContext.Current.CancellationToken);
        (await InProcess.RunAsync(other, ["accounts", "import", file])).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("accounts export");
    }

    [Fact]
    public async Task A_file_that_names_no_owner_is_taken_in_with_a_word_on_how_to_become_it()
    {
        var file = _home.Combine("accounts.json");
        const string Accounts = """{"format":"plexauth-accounts","version":1,"accounts":[{"username":"penelope","email":"penelope@example.com"}]}""";
        await File.WriteAllTextAsync(file, Accounts, TestContext.Current.CancellationToken);

        (await RunAsync("accounts", "import", file)).ShouldEndWith(ExitCodes.Ok).Error.ShouldContain("/myplex/claim");
        (await RunAsync("accounts", "import", file)).ShouldEndWith(ExitCodes.Ok).Error.ShouldNotContain("/myplex/claim");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":"my-npm-package","version":1}""")]
    [InlineData("""{"format":"plexauth-accounts","accounts":[]}""")]
    [InlineData("""{"format":"plexauth-accounts","version":1}""")]
    [InlineData("""{"format":"plexauth-accounts","version":1,"accounts":null}""")]
    [InlineData("""{"format":"plexauth-accounts","version":2,"accounts":[]}""")]
    [InlineData("[]")]
    [InlineData("no json")]
    public async Task Only_a_file_of_accounts_is_taken_in(string content)
    {
        var file = _home.Combine("accounts.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        (await RunAsync("accounts", "import", file)).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("is no file of accounts");
    }

    [Fact]
    public async Task Keys_are_rotated()
    {
        await AddAsync("penelope");

        (await RunAsync("keys", "rotate", "--only", "storage")).ShouldEndWith(ExitCodes.Ok).Output.ShouldContain("2 values");

        (await File.ReadAllLinesAsync(Path.Combine(_home.Combine("server"), "plexauth.keys"), TestContext.Current.CancellationToken)).Length.ShouldBe(2);
    }

    public void Dispose() => _home.Dispose();

    private Task<ToolResult> RunAsync(params string[] arguments) => InProcess.RunAsync(_home, arguments);

    private Task<ToolResult> RunAsync(string[] arguments, string input) => InProcess.RunAsync(_home, [.. arguments, "--password-stdin"], input);

    private async Task AddAsync(string name) =>
        (await RunAsync(["accounts", "add", "--username", name, "--email", $"{name}@example.com"], Password + "\n")).ShouldEndWith(ExitCodes.Ok);
}
