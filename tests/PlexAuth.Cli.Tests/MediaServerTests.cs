using System.Net;
using System.Text.Json;

namespace PlexAuth.Cli.Tests;

// `serve --media-server` beside an account service, each a process of its own.
public sealed class MediaServerTests : IDisposable
{
    private const string Dave = "dave-dev-token-00001";

    private readonly ToolHome _home = new();
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_media_server_alone_is_claimed_checks_tokens_elsewhere_and_is_itself_again_after_a_restart()
    {
        using var accounts = await RunningServer.StartAsync(_home, "serve", "--dev", "--urls", "http://127.0.0.1:0", "--json");
        var claim = JsonElement.Parse(await GetAsync($"{accounts.Url}/api/claim/token.json", Dave)).GetProperty("token").GetString();
        string identity, transient;
        using (var media = await StartAsync(accounts))
        {
            media.AccountUrl.ShouldBe(accounts.AccountUrl);
            (await SendAsync(HttpMethod.Post, $"{media.Url}/myplex/claim?token={claim}")).ShouldBe(HttpStatusCode.NoContent);
            identity = await media.MachineIdentifierAsync();

            (await GetAsync($"{accounts.Url}/api/v2/resources", Dave)).ShouldContain($"\"uri\":\"{media.Url}\"");
            (await GetAsync($"{media.Url}/", Dave)).ShouldContain("\"friendlyName\":\"Cellar\"");
            (await SendAsync(HttpMethod.Get, $"{media.Url}/", "bob-dev-token-000001")).ShouldBe(HttpStatusCode.Forbidden);
            transient = JsonElement.Parse(await GetAsync($"{media.Url}/security/token?type=delegation&scope=all", Dave)).GetProperty("MediaContainer").GetProperty("token").GetString()!;
            (await SendAsync(HttpMethod.Get, $"{media.Url}/", transient)).ShouldBe(HttpStatusCode.OK);
        }

        using var again = await StartAsync(accounts);
        (await again.MachineIdentifierAsync()).ShouldBe(identity);
        (await SendAsync(HttpMethod.Get, $"{again.Url}/", Dave)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(HttpMethod.Get, $"{again.Url}/", transient)).ShouldBe(HttpStatusCode.Unauthorized);

        accounts.Stop();
        (await SendAsync(HttpMethod.Get, $"{again.Url}/", Dave)).ShouldBe(HttpStatusCode.OK, "its last word holds for a while");
        (await SendAsync(HttpMethod.Get, $"{again.Url}/", "bob-dev-token-000001")).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("--account-url", "serve --media-server")]
    [InlineData("--dev", "serve --media-server --dev --account-url http://127.0.0.1:1")]
    [InlineData("--database", "serve --media-server --account-url http://127.0.0.1:1 --database Host=db")]
    [InlineData("--public-url", "serve --media-server --account-url http://127.0.0.1:1 --public-url cellar")]
    public async Task Wrong_usage_names_the_option(string named, string commandLine)
    {
        var result = (await InProcess.RunAsync(_home, commandLine.Split(' '))).ShouldEndWith(ExitCodes.Usage);

        result.Error.ShouldContain(named);
    }

    public void Dispose()
    {
        _http.Dispose();
        _home.Dispose();
    }

    private Task<RunningServer> StartAsync(RunningServer accounts) =>
        RunningServer.StartAsync(_home, "serve", "--media-server", "--account-url", accounts.AccountUrl, "--name", "Cellar", "--urls", "http://127.0.0.1:0", "--json");

    private async Task<HttpStatusCode> SendAsync(HttpMethod method, string address, string? token = null)
    {
        using var request = Request(method, address, token);
        using var response = await _http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    private async Task<string> GetAsync(string address, string token)
    {
        using var request = Request(HttpMethod.Get, address, token);
        using var response = await _http.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private static HttpRequestMessage Request(HttpMethod method, string address, string? token)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("X-Plex-Client-Identifier", "media-server-tests");
        if (token is not null)
            request.Headers.Add("X-Plex-Token", token);
        return request;
    }
}
