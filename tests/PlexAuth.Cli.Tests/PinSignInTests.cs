using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using PlexAuth.Server;

namespace PlexAuth.Cli.Tests;

public sealed partial class PinSignInTests(DevServer server) : IDisposable
{
    private readonly ToolHome _home = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_and_a_picture_are_shown_and_the_account_is_kept_once_somebody_allows_it()
    {
        using var process = Start("signin");
        var opening = await process.StandardError.ReadLineAsync(Cancellation);
        var code = Code().Match((await process.StandardError.ReadLineAsync(Cancellation))!);
        opening.ShouldStartWith($"Open {server.ServerUrl}/auth#?clientID=");
        opening.ShouldContain($"&code={code.Groups[1].Value}&");
        code.Groups[2].Value.ShouldBe($"{server.ServerUrl}/link");
        await DecideAsync("approve", code.Groups[1].Value);

        var (output, said) = await EndAsync(process, ExitCodes.Ok);
        output.ShouldBe("Signed in as alice (alice@example.com).\n");
        var drawn = said.Split('\n').Where(line => line.Contains('█')).ToList();
        drawn.ShouldNotBeEmpty();
        drawn.ShouldAllBe(line => line.Length < 80);
        said.ShouldContain("Waiting for you to allow it");
        said.ShouldContain(_home.SessionFile);
        said.ShouldNotContain('\e');
        said.ShouldNotContain('\r');
        (await ToolProcess.RunAsync(_home, ["whoami"])).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("alice (");
    }

    [Fact]
    public async Task Scripts_read_the_code_from_the_first_line_and_the_account_from_the_last()
    {
        using var process = Start("signin", "--json", "-q");
        using var pin = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(Cancellation))!);
        pin.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["code", "address", "linkAddress", "expiresAt"]);
        pin.RootElement.GetProperty("expiresAt").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        await DecideAsync("approve", pin.RootElement.GetProperty("code").GetString()!);

        var (rest, said) = await EndAsync(process, ExitCodes.Ok);
        JsonElement.Parse(rest).GetProperty("username").GetString().ShouldBe("alice");
        said.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_wants_quiet_is_told_the_code_all_the_same_and_no_more()
    {
        using var process = Start("signin", "-q");
        await process.StandardError.ReadLineAsync(Cancellation);
        await DecideAsync("approve", Code().Match((await process.StandardError.ReadLineAsync(Cancellation))!).Groups[1].Value);
        (await EndAsync(process, ExitCodes.Ok)).Said.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_device_key_is_registered_by_the_code_alone()
    {
        using var process = Start("signin", "--device-key", "--json", "-q");
        using var pin = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(Cancellation))!);
        await DecideAsync("approve", pin.RootElement.GetProperty("code").GetString()!);
        await EndAsync(process, ExitCodes.Ok);

        (await ToolProcess.RunAsync(_home, ["token"])).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("eyJ");
        (await ToolProcess.RunAsync(_home, ["jwt", "verify"])).ShouldEndWith(ExitCodes.Ok);
        (await ToolProcess.RunAsync(_home, ["jwt", "refresh"])).ShouldEndWith(ExitCodes.Ok);
        (await ToolProcess.RunAsync(_home, ["whoami"])).ShouldEndWith(ExitCodes.Ok).Output.ShouldStartWith("alice (");
        var session = await PlexSessionStore.InDirectory(Path.GetDirectoryName(_home.SessionFile)!).LoadAsync(cancellationToken: Cancellation);
        session!.Account.ShouldBe("alice");
        session.ExpiresAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_denied_sign_in_ends_with_5_and_keeps_nothing()
    {
        using var process = Start("signin", "--json");
        using var pin = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(Cancellation))!);
        await DecideAsync("deny", pin.RootElement.GetProperty("code").GetString()!);

        (await EndAsync(process, ExitCodes.Forbidden)).Said.ShouldContain("error: The sign-in was denied");
        File.Exists(_home.SessionFile).ShouldBeFalse();
    }

    [Fact]
    public async Task An_expired_code_ends_with_4_and_says_how_to_get_another()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlexAuthServer(options => options.Pins.ShortLifetime = TimeSpan.FromSeconds(1));
        await using var hurried = builder.Build();
        hurried.MapPlexAuthServer();
        await hurried.StartAsync(Cancellation);

        var result = await InProcess.RunAsync(_home, ["signin"], variables: ("PLEX_ACCOUNT_URL", hurried.Urls.Single()));

        result.ShouldEndWith(ExitCodes.SignInNeeded).Error.ShouldEndWith("Start the sign-in again for a new code. That is: plexauth signin\n");
        File.Exists(_home.SessionFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--login alice", "")]
    [InlineData("--password", "")]
    [InlineData("--password-stdin", "")]
    [InlineData("--verification-code-stdin", "")]
    [InlineData("--remember-me", "")]
    [InlineData("", "PLEX_LOGIN")]
    [InlineData("", "PLEX_PASSWORD")]
    public async Task Whoever_gives_a_part_of_a_password_sign_in_is_asked_for_the_rest(string arguments, string variable)
    {
        (string, string)[] variables = variable.Length > 0 ? [("PLEX_ACCOUNT_URL", "http://127.0.0.1:1"), (variable, "something")] : [("PLEX_ACCOUNT_URL", "http://127.0.0.1:1")];
        var result = await InProcess.RunAsync(_home, ["signin", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], variables: variables);
        result.ShouldEndWith(ExitCodes.Usage);
    }

    [Fact]
    public async Task On_a_terminal_the_browser_is_opened_and_something_moves_until_it_is_allowed()
    {
        using var terminal = StartOnTerminal("signin", out var opened);
        var address = await ReadAsync(opened);
        address.ShouldStartWith($"{server.ServerUrl}/auth#?clientID=");
        await terminal.WaitForAsync("Your browser");
        await terminal.WaitForAsync("⠙");
        await DecideAsync("approve", CodeInAddress().Match(address).Groups[1].Value);
        await terminal.WaitForAsync("\r\e[K");
        (await terminal.EndAsync()).ShouldContain("Signed in as alice (alice@example.com).");
    }

    [Fact]
    public async Task Ctrl_C_ends_the_wait_with_130_and_keeps_nothing()
    {
        using var terminal = StartOnTerminal("signin --no-browser", out _);
        await terminal.WaitForAsync("⠙");
        await terminal.TypeAsync("\x03");
        var screen = await terminal.EndAsync();
        screen.ShouldContain("Interrupted.");
        screen.ShouldContain("ended with 130");
        screen.ShouldNotContain("Your browser");
        File.Exists(_home.SessionFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData("NO_COLOR=1", "")]
    [InlineData("TERM=dumb", "")]
    [InlineData("DISPLAY=", "")]
    [InlineData("TERM=xterm", ">out.txt")]
    [InlineData("TERM=xterm", "2>err.txt")]
    public async Task A_browser_needs_a_desktop_and_somebody_who_looks_and_movement_a_terminal_that_can(string variable, string redirection)
    {
        var moves = !variable.StartsWith("NO_COLOR", StringComparison.Ordinal) && variable != "TERM=dumb" && !redirection.StartsWith('2');
        var opens = redirection.Length == 0 && variable != "DISPLAY=";
        using var terminal = StartOnTerminal($"signin --json {redirection}", out var opened, $"env {variable}");
        if (opens)
            await ReadAsync(opened);
        await terminal.WaitForAsync(redirection.StartsWith('2') ? "expiresAt" : "Waiting for you");
        await terminal.TypeAsync("\x03");
        var screen = await terminal.EndAsync();
        screen.ShouldContain("ended with 130");
        screen.Contains("\r⠋").ShouldBe(moves);
        var said = redirection.StartsWith('2') ? await File.ReadAllTextAsync(_home.Combine("err.txt"), Cancellation) : screen;
        said.ShouldContain("Waiting for you");
        said.Contains("Your browser").ShouldBe(opens);
    }

    public void Dispose() => _home.Dispose();

    private Process Start(params string[] arguments) => ToolProcess.Start(_home, arguments, ("PLEX_ACCOUNT_URL", server.AccountUrl), ("DISPLAY", ":0"));

    // With an xdg-open that puts the address into a pipe.
    private PseudoTerminal StartOnTerminal(string arguments, out string opened, string before = "env")
    {
        opened = _home.Combine("opened");
        var programs = Directory.CreateDirectory(_home.Combine("bin")).FullName;
        var opener = Path.Combine(programs, "xdg-open");
        File.WriteAllText(opener, $"#!/bin/sh\nprintf %s \"$1\" >'{opened}'\n");
        using (var process = Process.Start("/bin/sh", ["-c", $"chmod +x '{opener}' && mkfifo '{opened}'"]))
            process.WaitForExit();
        return PseudoTerminal.Start(
            _home,
            $"cd '{_home.Path}'; {before} '{ToolProcess.Executable}' {arguments}",
            ("PLEX_ACCOUNT_URL", server.AccountUrl), ("DISPLAY", ":0"), ("TERM", "xterm"), ("NO_COLOR", ""), ("PATH", $"{programs}:{Environment.GetEnvironmentVariable("PATH")}"));
    }

    private static Task<string> ReadAsync(string pipe) => Task.Run(() => File.ReadAllTextAsync(pipe, Cancellation)).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

    private async Task DecideAsync(string decision, string code)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync($"{server.ServerUrl}/_emulator/pins/{decision}", new { code, account = "alice" }, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<(string Output, string Said)> EndAsync(Process process, int exitCode)
    {
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var said = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        process.ExitCode.ShouldBe(exitCode, said);
        return (await output, said);
    }

    [GeneratedRegex("^or enter ([A-Z2-9]{4}) at ([^ ]+) on any device, within 15 min.$")]
    private static partial Regex Code();

    [GeneratedRegex("&code=([A-Z2-9]{4})")]
    private static partial Regex CodeInAddress();
}
