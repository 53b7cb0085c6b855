using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using PlexAuth.Server;

namespace PlexAuth.Testing.Tests;

public sealed class EmulatorApiTests : IAsyncLifetime
{
    private PlexTestServer? _plex;
    private HttpClient? _http;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PlexTestServer Plex => _plex!;

    private HttpClient Http => _http!;

    public async ValueTask InitializeAsync()
    {
        _plex = await PlexTestServer.StartAsync(Cancellation);
        _http = _plex.CreateHttpClient();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Plex.DisposeAsync();
    }

    [Fact]
    public async Task Health_tells_the_version_and_where_to_call()
    {
        var health = await GetAsync("/_emulator/health");

        health.GetProperty("version").GetInt32().ShouldBe(1);
        health.GetProperty("accountUrl").GetString().ShouldBe(Plex.AccountUrl.ToString());
    }

    [Fact]
    public async Task The_controls_are_in_the_OpenAPI_document()
    {
        var paths = (await GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();

        foreach (var path in (string[])["health", "state", "reset", "clock", "faults", "outage", "requests", "personas", "seed", "pins/approve", "pins/deny", "tokens", "tokens/revoke"])
            paths.ShouldContain($"/_emulator/{path}");
    }

    [Fact]
    public async Task The_clock_is_moved_and_stopped()
    {
        await PostAsync("clock", new { advanceSeconds = 3600, stopped = true });
        var first = await GetAsync("/_emulator/clock");
        var second = await GetAsync("/_emulator/clock");

        first.GetProperty("advancedSeconds").GetDouble().ShouldBe(3600);
        second.GetProperty("now").GetDateTimeOffset().ShouldBe(first.GetProperty("now").GetDateTimeOffset());
    }

    [Fact]
    public async Task Faults_are_scripted_and_requests_are_told()
    {
        await PostAsync("faults", new { operation = "GET /api/v2/user", status = 429, retryAfterSeconds = 2 });
        using var limited = await AskAsync();
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        limited.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        (await AskAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);

        var requests = (await GetAsync("/_emulator/requests?operation=GET%20/api/v2/user&times=2&waitSeconds=5")).EnumerateArray().ToList();
        requests.Select(request => request.GetProperty("status").GetInt32()).ShouldBe([429, 200]);
        requests[1].GetProperty("tokenKind").GetString().ShouldBe("Account");
    }

    [Fact]
    public async Task A_state_is_exported_and_put_back()
    {
        await PostAsync("seed", new { accounts = new[] { new { name = "ivan", token = "ivan-token-0000000001" } } });
        var state = await Http.GetByteArrayAsync("/_emulator/state", Cancellation);
        await PostAsync("reset", new { });
        (await AskAsync("ivan-token-0000000001")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        using var put = await Http.PutAsync("/_emulator/state", new ByteArrayContent(state), Cancellation);

        put.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await AskAsync("ivan-token-0000000001")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Tokens_are_issued_and_accounts_signed_out()
    {
        var token = (await PostAsync("tokens", new { account = "bob" })).GetProperty("token").GetString()!;
        (await AskAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await PostAsync("tokens/revoke", new { account = "bob" })).GetProperty("ended").GetInt32().ShouldBeGreaterThan(1);

        (await AskAsync(token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("faults", """{"operation":"nonsense","status":500}""", "GET /api/v2/user")]
    [InlineData("faults", """{"operation":"GET /api/v2/user","statsu":500}""", "statsu")]
    [InlineData("faults", "{", "JSON")]
    [InlineData("tokens", """{"account":"nobody"}""", "nobody")]
    [InlineData("tokens", "{}", "account")]
    [InlineData("clock", """{"advanceSeconds":-1}""", "back")]
    [InlineData("seed", """{"version":2}""", "version")]
    public async Task What_is_wrong_with_a_call_is_said(string path, string body, string said)
    {
        using var answer = await Http.PostAsync($"/_emulator/{path}", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("error").GetString().ShouldNotBeNull().ShouldContain(said);
    }

    [Theory]
    [InlineData("Host", "rebound.example.com")]
    [InlineData("Origin", "https://page.example.com")]
    public async Task A_web_page_of_elsewhere_finds_no_controls(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_emulator/personas");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await Http.SendAsync(request, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_server_that_is_no_emulator_has_no_controls()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlexAuthServer(options => options.DevPersonas = true);
        await using var app = builder.Build();
        app.MapPlexAuthServer();
        await app.StartAsync(Cancellation);

        using var answer = await Http.GetAsync(new Uri($"{app.Urls.First()}/_emulator/health"), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await Http.GetStringAsync(path, Cancellation));

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync($"/_emulator/{path}", body, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    private async Task<HttpResponseMessage> AskAsync(string token = "alice-dev-token-0001")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/user");
        request.Headers.Add("X-Plex-Token", token);
        return await Http.SendAsync(request, Cancellation);
    }
}
