using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Tests;

public sealed class SecretTests
{
    [Fact]
    public async Task Standard_input_gives_one_line_to_each_secret_that_asks_for_it()
    {
        var terminal = InProcess.Terminal(_ => null, " pass word \n123456\n");
        (await FindAsync(Secret.Password, terminal, fromStandardInput: true)).ShouldBe(" pass word ");
        (await FindAsync(Secret.VerificationCode, terminal, fromStandardInput: true)).ShouldBe("123456");
        (await Should.ThrowAsync<ToolException>(() => FindAsync(Secret.Password, terminal, fromStandardInput: true))).Message.ShouldContain("--password-stdin");
    }

    [Fact]
    public async Task A_secret_that_could_not_be_read_as_text_is_refused_and_not_guessed()
    {
        using var home = new ToolHome();
        var result = await InProcess.RunAsync(home, ["signin", "--login", "alice", "--password-stdin", "--account-url", "http://127.0.0.1:1"], "caf\ufffd and lantern\n");
        result.ShouldEndWith(ExitCodes.Usage).Error.ShouldContain("encoding");
    }

    [Fact]
    public async Task The_environment_gives_it_where_standard_input_was_not_asked_for()
    {
        var terminal = InProcess.Terminal(name => name == "PLEX_PASSWORD" ? "from-environment" : null, "from-input\n");
        (await FindAsync(Secret.Password, terminal, fromStandardInput: false)).ShouldBe("from-environment");
        (await FindAsync(Secret.Password, terminal, fromStandardInput: true)).ShouldBe("from-input");
        (await FindAsync(Secret.VerificationCode, terminal, fromStandardInput: false)).ShouldBeNull();
    }

    [Theory]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData("secret \n\n", "secret \n")]
    [InlineData("\n", null)]
    public void A_file_gives_its_content_without_the_last_line_end(string content, string? expected)
    {
        using var home = new ToolHome();
        File.WriteAllText(home.Combine("file"), content);
        new Variables(name => name == "PLEX_TOKEN_FILE" ? home.Combine("file") : null).Read("PLEX_TOKEN").ShouldBe(expected);
    }

    [Fact]
    public void A_variable_beside_its_file_is_refused_as_ambiguous()
    {
        var refusal = Should.Throw<ToolException>(() => new Variables(_ => "x").Read("PLEX_TOKEN"));
        refusal.ExitCode.ShouldBe(ExitCodes.Usage);
        refusal.Message.ShouldContain("PLEX_TOKEN_FILE");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        using var home = new ToolHome();
        var missing = home.Combine("missing");
        Should.Throw<ToolException>(() => new Variables(name => name == "PLEX_TOKEN_FILE" ? missing : null).Read("PLEX_TOKEN")).Message.ShouldContain(missing);
    }

    [Theory]
    [InlineData("secret\n", "secret")]
    [InlineData("secrex\bt\n", "secret")]
    [InlineData("\b\bsecret\n", "secret")]
    [InlineData("wrong\x15secret\n", "secret")]
    [InlineData("pässwörd 🔑\n", "pässwörd 🔑")]
    [InlineData("\n", "")]
    public async Task What_is_typed_at_a_hidden_prompt_is_read_and_never_echoed(string typed, string expected)
    {
        var terminal = InProcess.Terminal(_ => null, typed, canAsk: true);
        (await new Prompt(terminal).AskHiddenAsync("Password: ", TestContext.Current.CancellationToken)).ShouldBe(expected);
        terminal.Error.ToString().ShouldBe("Password: \n");
        terminal.Out.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_terminal_that_closes_at_a_prompt_ends_the_question()
    {
        var prompt = new Prompt(InProcess.Terminal(_ => null, "", canAsk: true));
        await Should.ThrowAsync<OperationCanceledException>(() => prompt.AskHiddenAsync("Password: ", TestContext.Current.CancellationToken));
        await Should.ThrowAsync<OperationCanceledException>(() => prompt.AskAsync("Login: ", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("signin --login alice --password-stdin")]
    [InlineData("signin --login alice --verification-code-stdin")]
    [InlineData("accounts add --username alice --email alice@example.com --password-stdin")]
    [InlineData("accounts import -")]
    public async Task Ctrl_C_ends_the_wait_for_standard_input_at_once(string commandLine)
    {
        using var home = new ToolHome();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var input = new SilentReader();
        var variables = new Dictionary<string, string>
        {
            ["PLEXAUTH_HOME"] = home.Path,
            ["PLEX_ACCOUNT_URL"] = "http://127.0.0.1:1",
            ["PLEX_PASSWORD"] = commandLine.Contains("--password-stdin") ? "" : "x",
        };
        var terminal = InProcess.Terminal(variables.GetValueOrDefault, input: input);
        var running = Task.Run(() => Application.RunAsync(commandLine.Split(' '), terminal, ending.Token), TestContext.Current.CancellationToken);
        await input.Reading.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await ending.CancelAsync();
        (await running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).ShouldBe(ExitCodes.Interrupted);
        terminal.Error.ToString().ShouldBe("error: Interrupted.\n");
    }

    private static Task<string?> FindAsync(Secret secret, Terminal terminal, bool fromStandardInput) =>
        secret.FindAsync(terminal, fromStandardInput, TestContext.Current.CancellationToken);

    // Standard input that is kept open, and says nothing.
    private sealed class SilentReader : TextReader
    {
        private readonly TaskCompletionSource _reading = new();
        private readonly ManualResetEventSlim _closed = new();

        public Task Reading => _reading.Task;

        public override string? ReadLine()
        {
            _reading.TrySetResult();
            _closed.Wait();
            return null;
        }

        public override string ReadToEnd() => ReadLine() ?? "";

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }
}
