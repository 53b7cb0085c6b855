using System.Net;
using System.Text.Json;

namespace PlexAuth.Testing.Tests;

public sealed class RequestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_recorded_with_who_asked_and_without_secrets()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(configure: options => options.Identity = new PlexClientIdentity("my-device", "My App") { DeviceName = "Küche" });

        var account = await client.Authentication.SignInAsync("alice", "alice-password", cancellationToken: Cancellation);
        plex.Requests.Last().ToString().ShouldBe("POST /api/v2/users/signin");
        await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation);

        var last = plex.Requests.Last();
        (last.ClientIdentifier, last.Product, last.DeviceName, last.TokenKind, last.Account).ShouldBe(("my-device", "My App", "Küche", PlexTokenKind.Account, "alice"));
        var everything = JsonSerializer.Serialize(plex.Requests);
        everything.ShouldNotContain("alice-password");
        everything.ShouldNotContain(account.AuthToken.Reveal());
    }

    [Theory]
    [InlineData("/auth", 200)]
    [InlineData("/link", 200)]
    [InlineData("/account", 200)]
    [InlineData("/account/api/devices", 401)]
    [InlineData("/health/live", 200)]
    [InlineData("/nowhere", 404)]
    public async Task What_is_not_of_the_protocol_is_recorded_too(string path, int status)
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var http = plex.CreateHttpClient();

        using var answer = await http.GetAsync(path, Cancellation);
        using var control = await http.GetAsync("/_emulator/health", Cancellation);

        var request = plex.Requests.ShouldHaveSingleItem();
        (request.ToString(), request.Status, request.HasToken).ShouldBe(($"GET {path}", status, false));
    }

    [Fact]
    public async Task A_request_can_be_awaited_before_and_after_it_came()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice);

        var waiting = plex.Requests.WaitForAsync("GET /api/v2/*", times: 2, Cancellation);
        await client.Authentication.PingAsync(cancellationToken: Cancellation);
        waiting.IsCompleted.ShouldBeFalse();
        await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation);

        (await waiting).Path.ShouldBe("/api/v2/user");
        (await plex.Requests.WaitForAsync("* /api/v2/ping", cancellationToken: Cancellation)).Method.ShouldBe("GET");
    }

    [Fact]
    public async Task Strict_mode_refuses_with_advice_what_loose_mode_only_warns_of()
    {
        await using var loose = await PlexTestServer.StartAsync(Cancellation);
        await using var strict = await PlexTestServer.StartAsync(new PlexTestServerOptions { Strict = true }, Cancellation);

        var (tolerated, _) = await AskWithoutIdentifierAsync(loose);
        var (refused, body) = await AskWithoutIdentifierAsync(strict);

        tolerated.ShouldBe(HttpStatusCode.OK);
        loose.Requests.Last().Warnings.Single().ShouldContain("X-Plex-Client-Identifier");
        refused.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain("1000");
        body.ShouldContain("made once for each installation");
    }

    [Fact]
    public async Task Strict_mode_wants_a_product_for_a_PIN()
    {
        await using var strict = await PlexTestServer.StartAsync(new PlexTestServerOptions { Strict = true }, Cancellation);
        using var http = strict.CreateHttpClient();
        http.DefaultRequestHeaders.Add("X-Plex-Client-Identifier", "my-device");

        using var answer = await http.PostAsync(new Uri("/api/v2/pins", UriKind.Relative), null, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("X-Plex-Product is missing");
    }

    [Fact]
    public async Task Strict_mode_draws_the_code_for_a_browser_which_adds_no_header_to_the_address_of_a_picture()
    {
        await using var strict = await PlexTestServer.StartAsync(new PlexTestServerOptions { Strict = true }, Cancellation);
        using var http = strict.CreateHttpClient();
        using var answer = await http.PostAsync(new Uri("/api/v2/pins.json?X-Plex-Client-Identifier=my-device&X-Plex-Product=App", UriKind.Relative), null, Cancellation);
        var qr = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("qr").GetString();

        using var picture = await http.GetAsync(new Uri(qr!), Cancellation);

        picture.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskWithoutIdentifierAsync(PlexTestServer plex)
    {
        using var http = plex.CreateHttpClient();
        http.DefaultRequestHeaders.Add("X-Plex-Token", Personas.Alice.Token);
        using var answer = await http.GetAsync(new Uri("/api/v2/user", UriKind.Relative), Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
