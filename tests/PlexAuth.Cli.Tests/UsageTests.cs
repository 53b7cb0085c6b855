using System.CommandLine;

namespace PlexAuth.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("--timeout", "--timeout x whoami")]
    [InlineData("--timeout", "--timeout -1 whoami")]
    [InlineData("--pasword", "signin --pasword")]
    [InlineData("--urls", "serve --urls")]
    [InlineData("--port", "serve --dev --port 99999")]
    [InlineData("--port", "serve --dev --port -1")]
    [InlineData("--username", "accounts add --email a@example.com")]
    [InlineData("--email", "accounts add --username a")]
    [InlineData("--data", "serve --dev --data x")]
    [InlineData("--known-proxy", "serve --known-proxy nginx")]
    [InlineData("--public-url", "serve --public-url plex.example.com")]
    [InlineData("--account-url", "serve --account-url http://127.0.0.1:1")]
    [InlineData("--account-url", "whoami --account-url plex.tv")]
    [InlineData("--account-url", "whoami --account-url http://user@127.0.0.1:1")]
    [InlineData("--data", "accounts list --account-url http://127.0.0.1:1 --data x")]
    [InlineData("--account-url", "accounts list --timeout 3")]
    [InlineData("--account-url", "accounts disable bob --owner-password-stdin")]
    [InlineData("--account-url", "keys rotate --account-url http://127.0.0.1:1")]
    [InlineData("storage", "keys rotate --only everything")]
    [InlineData("--client-identifier", "whoami --client-identifier two\u00a0words")]
    [InlineData("'source'", "source")]
    [InlineData("'nosuch'", "nosuch")]
    public async Task Wrong_usage_ends_with_2_and_a_message_that_names_the_option(string named, string commandLine)
    {
        using var home = new ToolHome();
        var result = await InProcess.RunAsync(home, commandLine.Split(' '));
        result.ShouldEndWith(ExitCodes.Usage);
        result.Error.ShouldContain(named);
        result.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("error: --days: give a whole number from 0 to 366.", "audit --days abc")]
    [InlineData("error: --days: give a whole number from 0 to 366.", "audit --days -1")]
    [InlineData("error: --days: give a whole number from 0 to 366.", "audit --days 367")]
    [InlineData("error: --limit: give a whole number from 1 to 100000.", "audit --limit 0")]
    [InlineData("error: --port: give a whole number from 0 to 65535.", "serve --dev --port 1.5")]
    [InlineData("error: id: give a whole number from 1", "devices remove x abc")]
    [InlineData("error: --port: give a whole number from 0 to 65535.", "serve --dev --port 99999999999999")]
    public async Task What_is_no_number_is_told_what_would_be_one(string said, string commandLine)
    {
        using var home = new ToolHome();
        var result = (await InProcess.RunAsync(home, commandLine.Split(' '))).ShouldEndWith(ExitCodes.Usage);
        result.Error.ShouldStartWith(said);
        result.Error.ShouldNotContain("System.");
    }

    // As an unset variable of a shell gives them.
    [Theory]
    [InlineData("--data", "accounts list --data ")]
    [InlineData("--database", "serve --database ")]
    [InlineData("--seed", "serve --dev --seed ")]
    [InlineData("--ready-file", "serve --dev --ready-file ")]
    [InlineData("--clock", "serve --dev --clock ")]
    [InlineData("--key-file", "jwt register --key-file ")]
    [InlineData("--profile", "whoami --profile ")]
    [InlineData("--timeout", "whoami --timeout ")]
    [InlineData("--account-url", "--account-url  whoami")]
    [InlineData("file", "backup ")]
    [InlineData("file", "restore ")]
    [InlineData("file", "accounts import ")]
    [InlineData("source", "source ")]
    public async Task An_empty_value_is_wrong_usage_and_told_by_name(string named, string commandLine)
    {
        using var home = new ToolHome();
        var result = await InProcess.RunAsync(home, commandLine.Split(' '));
        result.ShouldEndWith(ExitCodes.Usage);
        result.Error.ShouldStartWith($"error: {named}: it is empty.");
        Directory.GetFileSystemEntries(home.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("signin --login alice --password hunter2")]
    [InlineData("signin --login alice --password=hunter2")]
    [InlineData("signin --login alice hunter2")]
    [InlineData("signin --login alice --passwd=hunter2")]
    [InlineData("accounts add --username a --email e --password-stdin hunter2")]
    public async Task A_password_given_as_an_argument_is_refused_and_not_repeated(string commandLine)
    {
        using var home = new ToolHome();
        var result = await InProcess.RunAsync(home, commandLine.Split(' '));
        result.ShouldEndWith(ExitCodes.Usage);
        (result.Output + result.Error).ShouldNotContain("hunter2");
    }

    [Fact]
    public void No_option_takes_a_secret_as_its_value()
    {
        using var home = new ToolHome();
        var options = Commands().SelectMany(command => command.Options).Where(option => option.Arity.MaximumNumberOfValues > 0);
        options.Select(option => option.Name).ShouldAllBe(name => !name.Contains("password") && !name.Contains("token") && !name.Contains("code"));
    }

    [Fact]
    public async Task Every_command_explains_itself_with_examples()
    {
        using var home = new ToolHome();
        foreach (var command in Commands())
        {
            string[] path = [.. Ancestry(command).Reverse()];
            var result = await InProcess.RunAsync(home, [.. path, "--help"]);
            result.ShouldEndWith(ExitCodes.Ok);
            result.Output.ShouldContain("Examples:\n  ");
            result.Output[result.Output.IndexOf("Examples:\n", StringComparison.Ordinal)..].ShouldContain(string.Join(' ', ["plexauth", .. path]));
            result.Error.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Without_arguments_the_tool_shows_its_help_with_the_exit_codes()
    {
        using var home = new ToolHome();
        var result = await InProcess.RunAsync(home, []);
        result.ShouldEndWith(ExitCodes.Ok);
        result.Output.ShouldContain("0 ok  1 error  2 usage  3 network  4 sign-in needed  5 forbidden  6 rate limited");
    }

    private static IEnumerable<string> Ancestry(Command command)
    {
        for (; command is not PlexAuthCommand; command = (Command)command.Parents.Single())
            yield return command.Name;
    }

    private static IEnumerable<Command> Commands()
    {
        var pending = new Stack<Command>([new PlexAuthCommand(new Tool(InProcess.Terminal(_ => null), new GlobalOptions()))]);
        while (pending.TryPop(out var command))
        {
            foreach (var child in command.Subcommands)
                pending.Push(child);
            yield return command;
        }
    }
}
