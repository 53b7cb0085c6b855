using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Tests;

public sealed class SecretTests
{
    [Fact]
    public void Standard_input_gives_one_line_to_each_secret_that_asks_for_it()
    {
        var terminal = InProcess.Terminal(_ => null, " pass word \n123456\n");
        Secret.Password.Find(terminal, fromStandardInput: true).ShouldBe(" pass word ");
        Secret.VerificationCode.Find(terminal, fromStandardInput: true).ShouldBe("123456");
        Should.Throw<ToolException>(() => Secret.Password.Find(terminal, fromStandardInput: true)).Message.ShouldContain("--password-stdin");
    }

    [Fact]
    public void The_environment_gives_it_where_standard_input_was_not_asked_for()
    {
        var terminal = InProcess.Terminal(name => name == "PLEX_PASSWORD" ? "from-environment" : null, "from-input\n");
        Secret.Password.Find(terminal, fromStandardInput: false).ShouldBe("from-environment");
        Secret.Password.Find(terminal, fromStandardInput: true).ShouldBe("from-input");
        Secret.VerificationCode.Find(terminal, fromStandardInput: false).ShouldBeNull();
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
}
