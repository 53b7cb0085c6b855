using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Tests;

// What others say reaches a terminal, which obeys more than letters.
public sealed class OutputTests : IDisposable
{
    private const string Hostile = "Eve\e[2J\u009b1A\u007f\b\u202e\u2066\u200f\u061c\r\nok    token  valid";

    private readonly ToolHome _home = new();

    [Fact]
    public void Words_cannot_move_the_cursor_turn_the_writing_around_or_begin_a_line()
    {
        var terminal = InProcess.Terminal(_ => null);
        var output = new Output(terminal, json: false, quiet: false);
        output.Data(new RestoreAnswer(Hostile), Answers.Default.RestoreAnswer, answer => Table.Of(["NAME", "ROLE"], [answer.Account!, "é 漢 🔑"]));
        output.Say(Hostile);
        output.Tell(Hostile);
        output.Warn(Hostile);
        output.Fail(Hostile);

        const string Shown = "Eve?[2J?1A??????  ok    token  valid";
        terminal.Out.ToString()!.Split('\n').ShouldBe(["NAME".PadRight(Shown.Length) + "  ROLE", $"{Shown}  é 漢 🔑", ""]);
        terminal.Error.ToString()!.Split('\n').ShouldBe([Shown, Shown, $"warning: {Shown}", $"error: {Shown}", ""]);
    }

    [Fact]
    public void JSON_says_what_was_said_in_escapes()
    {
        var terminal = InProcess.Terminal(_ => null);
        new Output(terminal, json: true, quiet: false).Data(new RestoreAnswer(Hostile), Answers.Default.RestoreAnswer, _ => "");
        var written = terminal.Out.ToString()!.TrimEnd('\n');
        written.ShouldAllBe(character => char.IsAscii(character) && !char.IsControl(character));
        JsonElement.Parse(written).GetProperty("account").GetString().ShouldBe(Hostile);
    }

    [Theory]
    [InlineData("200 OK", """{"id":1,"uuid":"u","username":"a\u001b[2J","title":"","email":"e\nok  token  valid","authToken":"t"}""", ExitCodes.Ok)]
    [InlineData("200 OK\r\nEvil\e[2J\u009bm", "", ExitCodes.Network)]
    public async Task A_servers_answer_is_shown_without_what_a_terminal_obeys(string status, string body, int exitCode)
    {
        using var door = new TcpListener(IPAddress.Loopback, 0);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        door.Start();
        var answering = AnswerAsync(
            door, $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}", ending.Token);
        var result = await InProcess.RunAsync(_home, ["whoami", "--account-url", $"http://{door.LocalEndpoint}"], variables: ("PLEX_TOKEN", "a-token-of-somebody"));
        result.ShouldEndWith(exitCode);
        (result.Output + result.Error).ShouldAllBe(character => character == '\n' || !char.IsControl(character));
        (result.Output + result.Error).ShouldContain("?[2J");
        result.Output.ShouldNotContain("\nok");
        await ending.CancelAsync();
        await answering;
    }

    [Fact]
    public async Task A_question_is_cleaned_too()
    {
        var terminal = InProcess.Terminal(_ => null, "1234\n", canAsk: true);
        await new Prompt(terminal).AskHiddenAsync("PIN of Eve\e[2J: ", TestContext.Current.CancellationToken);
        terminal.Error.ToString().ShouldBe("PIN of Eve?[2J: \n");
    }

    [Theory]
    [InlineData("--help >/dev/full", ExitCodes.Error, "No space left")]
    [InlineData("whoami --help >/dev/full", ExitCodes.Error, "No space left")]
    [InlineData("--version >/dev/full", ExitCodes.Error, "No space left")]
    [InlineData("profile list >/dev/full", ExitCodes.Error, "No space left")]
    [InlineData("whoami nonsense 2>/dev/full", ExitCodes.Error, "")]
    [InlineData("profile use nobody 2>/dev/full", ExitCodes.Usage, "")]
    public async Task What_cannot_be_written_ends_with_an_exit_code_and_where_possible_with_a_line(string commandLine, int exitCode, string said)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec '{ToolProcess.Executable}' {commandLine}"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        ToolProcess.Prepare(start, _home);
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(exitCode);
        error.ShouldContain(said);
        error.Count(character => character == '\n').ShouldBe(said.Length > 0 ? 1 : 0);
    }

    public void Dispose() => _home.Dispose();

    // Every call, until told to end.
    private static async Task AnswerAsync(TcpListener door, string answer, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                using var caller = await door.AcceptTcpClientAsync(ending);
                using var call = new StreamReader(caller.GetStream());
                while (await call.ReadLineAsync(ending) is { Length: > 0 })
                {
                }

                await caller.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer), ending);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The end, or a caller that did not wait for the answer.
            }
        }
    }
}
