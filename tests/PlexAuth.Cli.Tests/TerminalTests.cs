namespace PlexAuth.Cli.Tests;

public sealed class TerminalTests(DevServer server) : IDisposable
{
    private readonly ToolHome _home = new();

    [Fact]
    public async Task The_login_is_asked_for_and_a_typed_password_is_not_shown()
    {
        var screen = await TypeAsync("signin --password", ("E-mail or username: ", "alice\n"), ("Password: ", "alice-password\n"));
        screen.ShouldContain("Signed in as alice (alice@example.com).");
        screen.ShouldNotContain("alice-password");
        File.Exists(_home.SessionFile).ShouldBeTrue();
    }

    [Fact]
    public async Task A_password_pasted_the_moment_it_is_asked_for_is_not_shown()
    {
        var screen = await TypeAsync("signin --login alice", ("Password: ", "alice-password\n"));
        screen.ShouldContain("Signed in as alice (alice@example.com).");
        screen.ShouldNotContain("alice-password");
    }

    [Fact]
    public async Task A_second_factor_is_asked_for()
    {
        var screen = await TypeAsync("signin --login carol", ("Password: ", "carol-password\n"), ("Verification code: ", "000000\n"), ("Verification code: ", "\x03"));
        screen.ShouldContain("Interrupted");
    }

    [Fact]
    public async Task Ctrl_C_at_a_prompt_ends_at_once_with_130()
    {
        var screen = await TypeAsync("signin --login alice", ("Password: ", "\x03"));
        screen.ShouldContain("Interrupted");
        screen.ShouldContain("ended with 130");
        File.Exists(_home.SessionFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData("xterm", "", true)]
    [InlineData("xterm", "1", false)]
    [InlineData("dumb", "", false)]
    public async Task Colours_are_used_unless_NO_COLOR_or_a_dumb_terminal_forbids_them(string term, string noColor, bool colored)
    {
        var screen = await RunOnTerminalAsync($"env TERM={term} NO_COLOR={noColor} '{ToolProcess.Executable}' whoami");
        screen.Contains("\e[31merror:\e[0m").ShouldBe(colored);
        screen.ShouldContain("You are not signed in");
    }

    public void Dispose() => _home.Dispose();

    private Task<string> TypeAsync(string arguments, params (string Question, string Answer)[] typing) =>
        RunOnTerminalAsync($"'{ToolProcess.Executable}' {arguments}", typing);

    private async Task<string> RunOnTerminalAsync(string command, params (string Question, string Answer)[] typing)
    {
        using var terminal = PseudoTerminal.Start(_home, command, ("PLEX_ACCOUNT_URL", server.AccountUrl));
        foreach (var (question, answer) in typing)
        {
            await terminal.WaitForAsync(question);
            await terminal.TypeAsync(answer);
        }

        return await terminal.EndAsync();
    }
}
