using System.Diagnostics;

namespace PlexAuth.Cli.Tests;

// On a real pseudo-terminal, which `script` of util-linux makes.
public sealed class TerminalTests(DevServer server) : IDisposable
{
    private readonly ToolHome _home = new();

    [Fact]
    public async Task The_login_is_asked_for_and_a_typed_password_is_not_shown()
    {
        var screen = await TypeAsync("signin", ("E-mail or username: ", "alice\n"), ("Password: ", "alice-password\n"));
        screen.ShouldContain("Signed in as alice (alice@example.com).");
        screen.ShouldNotContain("alice-password");
        File.Exists(_home.SessionFile).ShouldBeTrue();
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
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` to make a pseudo-terminal.");
        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", $"trap : INT; {command}; echo ended with $?", "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        ToolProcess.Prepare(start, _home, ("PLEX_ACCOUNT_URL", server.AccountUrl));
        using var process = Process.Start(start)!;
        var screen = new Screen(process.StandardOutput);
        foreach (var (question, answer) in typing)
        {
            await screen.WaitForAsync(question);
            await process.StandardInput.WriteAsync(answer.AsMemory(), TestContext.Current.CancellationToken);
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        }

        await screen.WaitForAsync("ended with");
        await screen.WaitForAsync("\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return screen.Text;
    }

    // What the terminal has shown so far, read up to what is waited for.
    private sealed class Screen(StreamReader output)
    {
        private int _seen;

        public string Text { get; private set; } = "";

        public async Task WaitForAsync(string expected)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(20));
            var buffer = new char[1024];
            int found;
            while ((found = Text.IndexOf(expected, _seen, StringComparison.Ordinal)) < 0)
            {
                var read = await output.ReadAsync(buffer, limit.Token);
                read.ShouldNotBe(0, $"'{expected}' never came after: {Text}");
                Text += new string(buffer, 0, read);
            }

            _seen = found + expected.Length;
        }
    }
}
