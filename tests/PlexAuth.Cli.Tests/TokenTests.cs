using System.Net;
using System.Text.Json;

namespace PlexAuth.Cli.Tests;

public sealed class TokenTests(DevServer server) : IDisposable
{
    private const string Attic = "server://89abcdef0123456789abcdef0123456789abcdef";

    private readonly ToolHome _home = new();

    [Fact]
    public async Task The_token_in_use_is_printed_alone()
    {
        var result = (await RunAsAsync("alice-dev-token-0001", "token")).ShouldEndWith(ExitCodes.Ok);
        result.Output.ShouldBe("alice-dev-token-0001\n");
        result.Error.ShouldBeEmpty();
        (await RunAsAsync("alice-dev-token-0001", "token", "--json")).Output.ShouldBe("{\"token\":\"alice-dev-token-0001\"}\n");
    }

    [Fact]
    public async Task A_transient_token_is_delegated_for_48_hours_and_works_at_the_media_server()
    {
        var result = (await RunAsAsync("alice-dev-token-0001", "token", "--transient", "--json")).ShouldEndWith(ExitCodes.Ok);
        using var answer = JsonDocument.Parse(result.Output);
        var token = answer.RootElement.GetProperty("token").GetString()!;
        token.ShouldStartWith("transient-");
        var left = answer.RootElement.GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
        left.ShouldBeInRange(TimeSpan.FromHours(47.9), TimeSpan.FromHours(48));
        (await RunAsAsync(token, "source", Attic)).ShouldEndWith(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_transient_token_makes_no_other()
    {
        var token = (await RunAsAsync("alice-dev-token-0001", "token", "--transient")).ShouldEndWith(ExitCodes.Ok).Output.Trim();
        (await RunAsAsync(token, "token", "--transient")).ShouldEndWith(ExitCodes.Forbidden).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_shows_its_addresses_and_its_token_only_when_asked()
    {
        var result = (await RunAsAsync("alice-dev-token-0001", "source", Attic)).ShouldEndWith(ExitCodes.Ok);
        result.Output.ShouldStartWith("Attic (89abcdef0123456789abcdef0123456789abcdef)\nURI ");
        result.Output.ShouldContain($"\n{server.AtticUrl}  local\n");
        result.Output.ShouldNotContain("oken");

        using var hidden = JsonDocument.Parse((await RunAsAsync("alice-dev-token-0001", "source", Attic, "--json")).Output);
        hidden.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(["name", "clientIdentifier", "connections"]);
        hidden.RootElement.GetProperty("connections")[0].GetProperty("uri").GetString().ShouldBe(server.AtticUrl);
        using var shown = JsonDocument.Parse((await RunAsAsync("alice-dev-token-0001", "source", Attic, "--json", "--show-token")).Output);
        var token = shown.RootElement.GetProperty("accessToken").GetString().ShouldNotBeNull();
        (await OpensAsync(server.AtticUrl, token)).ShouldBe(HttpStatusCode.OK, "Attic itself gave it");
        (await OpensAsync(server.ServerUrl, token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> OpensAsync(string mediaServer, string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, mediaServer);
        request.Headers.Add("X-Plex-Token", token);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    [Fact]
    public async Task A_source_is_for_the_owner_alone()
    {
        var result = (await RunAsAsync("bob-dev-token-000001", "source", Attic)).ShouldEndWith(ExitCodes.Forbidden);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldStartWith("error: ");
    }

    [Theory]
    [InlineData("server://0000000000000000000000000000000000000000")]
    [InlineData("nonsense")]
    public async Task An_unknown_source_is_an_error_that_names_it(string source)
    {
        var result = (await RunAsAsync("alice-dev-token-0001", "source", source)).ShouldEndWith(ExitCodes.Error);
        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain($"knows no source '{source}'");
    }

    [Fact]
    public async Task A_token_that_is_not_valid_needs_a_new_sign_in() =>
        (await RunAsAsync("not-a-valid-token-00", "whoami")).ShouldEndWith(ExitCodes.SignInNeeded);

    [Fact]
    public async Task A_token_file_is_read_and_what_cannot_be_a_token_is_refused_without_repeating_it()
    {
        await File.WriteAllTextAsync(_home.Combine("token"), "alice-dev-token-0001\n", TestContext.Current.CancellationToken);
        (await server.RunAsync(_home, ["token"], variables: ("PLEX_TOKEN_FILE", _home.Combine("token")))).Output.ShouldBe("alice-dev-token-0001\n");
        var refused = (await RunAsAsync("two words", "whoami")).ShouldEndWith(ExitCodes.Usage);
        refused.Error.ShouldContain("PLEX_TOKEN");
        refused.Error.ShouldNotContain("two words");
    }

    [Fact]
    public async Task Without_a_media_server_the_missing_option_is_named()
    {
        var result = await ToolProcess.RunAsync(_home, ["token", "--transient"], variables: ("PLEX_TOKEN", "alice-dev-token-0001"));
        result.ShouldEndWith(ExitCodes.Usage).Error.ShouldContain("--server-url");
    }

    public void Dispose() => _home.Dispose();

    private Task<ToolResult> RunAsAsync(string token, params string[] arguments) => server.RunAsync(_home, arguments, null, ("PLEX_TOKEN", token));
}
