using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using PlexAuth.Server;

namespace PlexAuth.Testing.Tests;

public sealed class DeterminismTests
{
    private const string Alice = "alice-dev-token-0001";
    private static readonly DateTimeOffset Then = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PlexTestServerOptions Known = new() { Deterministic = true, ClockStandsAt = Then };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_servers_answer_the_same_calls_byte_for_byte()
    {
        await using var first = await PlexTestServer.StartAsync(Known, Cancellation);
        await using var second = await PlexTestServer.StartAsync(Known, Cancellation);

        var answers = await TalkAsync(first);

        (await TalkAsync(second)).ShouldBe(answers);
        answers.Count(answer => answer.StartsWith("20", StringComparison.Ordinal)).ShouldBe(answers.Count, string.Join('\n', answers));
    }

    [Fact]
    public async Task A_server_answers_the_same_again_after_a_reset()
    {
        await using var plex = await PlexTestServer.StartAsync(Known, Cancellation);
        var answers = await TalkAsync(plex);

        await plex.Emulator.ResetAsync(Cancellation);

        (await TalkAsync(plex)).ShouldBe(answers);
    }

    [Fact]
    public async Task Another_server_goes_on_where_a_state_was_exported()
    {
        await using var first = await PlexTestServer.StartAsync(Known, Cancellation);
        await using var second = await PlexTestServer.StartAsync(Known, Cancellation);
        await TalkAsync(first);
        await second.Emulator.ImportStateAsync(await first.Emulator.ExportStateAsync(Cancellation), Cancellation);

        var token = await first.IssueTokenAsync(Personas.Bob, cancellationToken: Cancellation);

        (await second.IssueTokenAsync(Personas.Bob, cancellationToken: Cancellation)).ShouldBe(token);
    }

    [Fact]
    public async Task A_restarted_server_draws_what_was_not_drawn_before_and_takes_no_transient_token_of_before()
    {
        await using var plex = await PlexTestServer.StartAsync(Known, Cancellation);
        var issued = await plex.IssueTokenAsync(Personas.Bob, cancellationToken: Cancellation);
        var transient = await plex.IssueTokenAsync(Personas.Bob, PlexTokenKind.Transient, cancellationToken: Cancellation);

        for (var restart = 0; restart < 2; restart++)
        {
            await plex.RestartAsync(Cancellation);
            (await plex.IssueTokenAsync(Personas.Bob, cancellationToken: Cancellation)).ShouldNotBe(issued);
            (await StatusAsync(plex, transient)).ShouldBe(401);
            (await StatusAsync(plex, issued)).ShouldBe(200);
        }
    }

    [Fact]
    public async Task Without_it_nothing_is_the_same()
    {
        await using var first = await PlexTestServer.StartAsync(new PlexTestServerOptions { ClockStandsAt = Then }, Cancellation);
        await using var second = await PlexTestServer.StartAsync(new PlexTestServerOptions { ClockStandsAt = Then }, Cancellation);

        (await first.IssueTokenAsync(Personas.Bob, cancellationToken: Cancellation)).ShouldNotBe(await second.IssueTokenAsync(Personas.Bob, cancellationToken: Cancellation));
    }

    [Fact]
    public async Task What_everybody_can_know_is_refused_where_others_can_call()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://0.0.0.0:0");
        builder.Services.AddPlexAuthServer(options => options.DevPersonas = true);
        builder.Services.AddPlexEmulator(options => options.Deterministic = true);
        await using var app = builder.Build();
        app.MapPlexAuthServer();

        (await Should.ThrowAsync<PlexEmulatorException>(() => app.StartAsync(Cancellation))).Message.ShouldContain("loopback");
    }

    /// <summary>Draws of every kind: codes, ids, tokens of all kinds, keys, nonces, cookies.</summary>
    private static async Task<List<string>> TalkAsync(PlexTestServer plex)
    {
        using var http = plex.CreateHttpClient();
        var answers = new List<string>();
        await AskAsync("POST", "/api/v2/pins");
        await AskAsync("POST", "/api/v2/pins?strong=true");
        await AskAsync("POST", "/api/v2/users/signin", new { login = "bob", password = "bob-password" });
        await AskAsync("GET", "/api/v2/resources?includeHttps=1", token: Alice);
        await AskAsync("GET", "/security/token?type=delegation&scope=all", token: Alice);
        await AskAsync("POST", "/api/home/users?title=Kid", token: Alice);
        await AskAsync("POST", "/api/v2/user/two-factor", new { password = "bob-password" }, Personas.Bob.Token);
        await AskAsync("GET", "/api/claim/token.json", token: Alice);
        await AskAsync("GET", "/account/api/session");
        await AskAsync("GET", "/api/v2/auth/keys");
        await SignAsync();
        return answers;

        async Task SignAsync()
        {
            using var key = PlexSigningKey.ImportSeed(new byte[32]);
            await AskAsync("POST", "/api/v2/auth/jwk", new { jwk = JsonElement.Parse(key.PublicKey.ToJson()) }, Alice);
            var nonce = await AskAsync("GET", "/api/v2/auth/nonce");
            var claims = PlexJwtClaims.ForDevice("plexauth-dev-alice", plex.Clock.GetUtcNow(), JsonElement.Parse(nonce).GetProperty("nonce").GetString(), []);
            await AskAsync("POST", "/api/v2/auth/token", new { jwt = PlexJwt.Create(key, claims).Token.Reveal() });
        }

        async Task<string> AskAsync(string method, string path, object? json = null, string? token = null)
        {
            using var call = new HttpRequestMessage(new HttpMethod(method), path) { Content = json is null ? null : JsonContent.Create(json) };
            call.Headers.Add("Accept", "application/json");
            call.Headers.Add("X-Plex-Client-Identifier", "plexauth-dev-alice");
            call.Headers.Add("X-Plex-Product", "Determinism");
            if (token is not null)
                call.Headers.Add("X-Plex-Token", token);
            using var answer = await http.SendAsync(call, Cancellation);
            var body = await answer.Content.ReadAsStringAsync(Cancellation);
            var headers = answer.Headers.Where(header => !header.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase)).OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
            var text = string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {method} {path}\n{string.Join('\n', headers)}\n{body}");
            answers.Add(OwnPort(plex.ServerUrl.Port).Replace(text, "PORT"));
            return body;
        }
    }

    private static async Task<int> StatusAsync(PlexTestServer plex, PlexToken token)
    {
        using var http = plex.CreateHttpClient();
        http.DefaultRequestHeaders.Add("X-Plex-Token", token.Reveal());
        using var answer = await http.GetAsync("/", Cancellation);
        return (int)answer.StatusCode;
    }

    private static Regex OwnPort(int port) => new(string.Create(CultureInfo.InvariantCulture, $@"\b{port}\b"), RegexOptions.None, TimeSpan.FromSeconds(1));
}
