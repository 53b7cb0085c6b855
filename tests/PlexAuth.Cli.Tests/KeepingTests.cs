using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PlexAuth.Cli.Tests;

// A sign-in that cannot be kept must not leave a token behind that nobody knows of.
[UnsupportedOSPlatform("windows")]
public sealed class KeepingTests : IDisposable
{
    private const string Account = """{"id":1,"uuid":"u","username":"alice","title":"alice","email":"","authToken":"a-token-of-alice"}""";

    private readonly ToolHome _home = new();

    public static TheoryData<string> Ways => ["", "--device-key", "--password-stdin --login alice", "--password-stdin --login alice --device-key"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Nothing_is_sent_where_a_session_is_open_to_others(string way)
    {
        Directory.CreateDirectory(_home.Combine("state"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(_home.SessionFile, "{}", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(_home.SessionFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        (await SignInAsync("http://127.0.0.1:1", way)).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("chmod");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Nothing_is_sent_where_nothing_can_be_written(string way)
    {
        (await SignInAsync("http://127.0.0.1:1", way)).ShouldEndWith(ExitCodes.Network);
        File.SetUnixFileMode(_home.Combine("state"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            (await ToolProcess.RunByModesAsync(_home, Arguments("http://127.0.0.1:1", way), "alice-password\n")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("PLEXAUTH_HOME");
            (await ToolProcess.RunByModesAsync(_home, ["home", "switch", "erin", "--client-identifier", "somebody", "--account-url", "http://127.0.0.1:1"], variables: ("PLEX_TOKEN", "alice-dev-token-0001")))
                .ShouldEndWith(ExitCodes.Error).Error.ShouldContain("PLEXAUTH_HOME");
        }
        finally
        {
            File.SetUnixFileMode(_home.Combine("state"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_place_that_is_not_ones_own_is_told_with_another_to_name()
    {
        File.SetUnixFileMode(_home.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (await ToolProcess.RunByModesAsync(_home, ["whoami"])).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("PLEXAUTH_HOME");
        (await ToolProcess.RunByModesAsync(_home, ["accounts", "add", "--username", "a", "--email", "a@example.com", "--password-stdin"], "tide and lantern\n"))
            .ShouldEndWith(ExitCodes.Error).Error.ShouldContain("--data");
        File.SetUnixFileMode(_home.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("serve --urls http://127.0.0.1:0")]
    [InlineData("accounts add --username a --email a@example.com --password-stdin")]
    [InlineData("keys show")]
    public async Task A_file_for_a_data_directory_is_told_with_the_option(string commandLine)
    {
        await File.WriteAllTextAsync(_home.Combine("data"), "", TestContext.Current.CancellationToken);
        var result = await InProcess.RunAsync(_home, [.. commandLine.Split(' '), "--data", _home.Combine("data")], "tide and lantern\n");
        result.ShouldEndWith(ExitCodes.Error).Error.ShouldContain("is a file");
        result.Error.ShouldContain("--data");
    }

    [Fact]
    public async Task A_directory_for_a_session_is_no_matter_of_its_mode()
    {
        (await SignInAsync("http://127.0.0.1:1", "")).ShouldEndWith(ExitCodes.Network);
        Directory.CreateDirectory(_home.SessionFile);
        var result = (await SignInAsync("http://127.0.0.1:1", "")).ShouldEndWith(ExitCodes.Error);
        result.Error.ShouldContain("is a directory where a file is wanted");
        result.Error.ShouldNotContain("chmod");
    }

    [Fact]
    public async Task A_file_that_holds_no_session_is_replaced()
    {
        (await SignInAsync("http://127.0.0.1:1", "")).ShouldEndWith(ExitCodes.Network);
        await File.WriteAllTextAsync(_home.SessionFile, "{}", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(_home.SessionFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await SignInAsync("http://127.0.0.1:1", "")).ShouldEndWith(ExitCodes.Network);
    }

    [Theory]
    [InlineData("", 204, ExitCodes.Error, "revoked again")]
    [InlineData("", 503, ExitCodes.Error, "remove this device")]
    [InlineData("--password-stdin --login alice", 204, ExitCodes.Error, "revoked again")]
    [InlineData("--password-stdin --login alice --device-key", 204, ExitCodes.SignInNeeded, "revoked again")]
    public async Task A_token_that_could_not_be_kept_after_all_is_revoked_and_that_is_said(string way, int revoked, int exitCode, string said)
    {
        var signedOut = new List<string>();
        await using var service = await StartAsync(signedOut, revoked);
        var result = (await SignInAsync(service.Urls.Single(), way)).ShouldEndWith(exitCode);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain(said);
        signedOut.ShouldBe(["a-token-of-alice"]);
    }

    public void Dispose() => _home.Dispose();

    private Task<ToolResult> SignInAsync(string service, string way) => InProcess.RunAsync(_home, Arguments(service, way), "alice-password\n");

    private static string[] Arguments(string service, string way) =>
        ["signin", "-q", "--client-identifier", "somebody", "--account-url", service, .. way.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    // Takes the place for sessions away as it signs in, and knows no device keys.
    private async Task<WebApplication> StartAsync(List<string> signedOut, int revoked)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = builder.Build();
        service.MapPost("/api/v2/users/signin", () => SignIn(Account));
        service.MapPost("/api/v2/pins", () => Json("""{"id":1,"code":"ABCD","expiresIn":900,"expiresAt":"2100-01-01T00:00:00Z"}"""));
        service.MapGet("/api/v2/pins/1", () => SignIn("""{"id":1,"code":"ABCD","expiresIn":900,"expiresAt":"2100-01-01T00:00:00Z","authToken":"a-token-of-alice"}"""));
        service.MapPost("/api/v2/auth/jwk", () => Results.StatusCode(StatusCodes.Status401Unauthorized));
        service.MapDelete("/api/v2/users/signout", (HttpRequest request) =>
        {
            signedOut.Add(request.Headers["X-Plex-Token"].ToString());
            return Results.StatusCode(revoked);
        });
        await service.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    private IResult SignIn(string answer)
    {
        if (Directory.Exists(_home.Combine("state")))
            Directory.Delete(_home.Combine("state"), recursive: true);
        File.WriteAllText(_home.Combine("state"), "");
        return Json(answer);
    }

    private static IResult Json(string text) => Results.Text(text, "application/json");
}
