using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tests.Data;
using PlexAuth.Server.Tests.Devices;

namespace PlexAuth.Server.Tests.Claiming;

public class ClaimTests
{
    private const string Alice = "alice-dev-token-0001";
    private const string Dave = "dave-dev-token-00001";
    private const string LivingRoom = "0123456789abcdef0123456789abcdef01234567";
    private const string Cellar = "cccccccccccccccccccccccccccccccccccccccc";

    [Fact]
    public async Task A_claimed_server_is_listed_with_the_addresses_it_reports()
    {
        await using var server = await HostedServer.StartAsync();
        var token = await ExchangeForTokenAsync(server, await ClaimAsync(server, Dave));

        var reported = await ReportAsync(server, token, "http://192.168.1.9:32400", "https://cellar.example.com:443");

        reported.Status.ShouldBe(HttpStatusCode.NoContent, reported.Body);
        var listed = JsonElement.Parse((await server.GetAsync("/api/v2/resources?includeHttps=1", Dave)).Body)[0];
        (listed.GetProperty("name").GetString(), listed.GetProperty("owned").GetBoolean(), listed.GetProperty("presence").GetBoolean()).ShouldBe(("Cellar", true, true));
        listed.GetProperty("connections").EnumerateArray().Select(one => (one.GetProperty("uri").GetString(), one.GetProperty("local").GetBoolean()))
            .ShouldBe([("http://192.168.1.9:32400", true), ("https://cellar.example.com:443", false)]);
    }

    [Fact]
    public async Task A_servers_own_token_reports_and_opens_nothing_else()
    {
        await using var server = await HostedServer.StartAsync();
        var token = await ExchangeForTokenAsync(server, await ClaimAsync(server, Dave));

        foreach (var path in (string[])["/api/v2/user", "/api/v2/resources", "/api/v2/home/users", "/api/claim/token.json", "/devices.xml"])
            (await server.GetAsync(path, token)).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
        (await server.SendAsync(HttpMethod.Put, $"/devices/{LivingRoom}", token)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("ftp://192.168.1.9:32400")]
    [InlineData("http://user@192.168.1.9:32400")]
    [InlineData("http://192.168.1.9:32400/path")]
    [InlineData("http://192.168.1.9:32400/?a=b")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//192.168.1.9")]
    public async Task What_is_not_a_plain_address_is_not_registered(string uri)
    {
        await using var server = await HostedServer.StartAsync();
        var token = await ExchangeForTokenAsync(server, await ClaimAsync(server, Dave));

        (await ReportAsync(server, token, uri)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_claim_token_works_once_for_four_minutes()
    {
        var clock = new FakeTimeProvider();
        await using var server = await HostedServer.StartAsync(services: services => services.Add(new(typeof(TimeProvider), clock)));
        var late = await ClaimAsync(server, Dave);
        clock.Advance(TimeSpan.FromMinutes(4));
        (await ExchangeAsync(server, late)).Status.ShouldBe(HttpStatusCode.Forbidden);

        var claim = await ClaimAsync(server, Dave);
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ExchangeAsync(server, claim, $"{i:D40}")));

        replies.Count(reply => reply.Status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_somebody_owns_is_not_claimed_by_another()
    {
        await using var server = await HostedServer.StartAsync();
        await ExchangeForTokenAsync(server, await ClaimAsync(server, Dave));

        (await ExchangeAsync(server, await ClaimAsync(server, Alice))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await ExchangeAsync(server, await ClaimAsync(server, Dave), LivingRoom)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.SendAsync(HttpMethod.Post, $"/myplex/claim?token={await ClaimAsync(server, Dave)}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_server_that_lost_its_token_is_claimed_by_its_owner_again()
    {
        await using var server = await HostedServer.StartAsync();
        var former = await ExchangeForTokenAsync(server, await ClaimAsync(server, Dave));
        (await server.SendAsync(HttpMethod.Delete, "/api/v2/devices", Dave)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ReportAsync(server, former, "http://192.168.1.9:32400")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (await ExchangeAsync(server, await ClaimAsync(server, Alice))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var token = await ExchangeForTokenAsync(server, await ClaimAsync(server, Dave));

        (await ReportAsync(server, token, "http://192.168.1.9:32400")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Removing_a_server_from_the_devices_ends_every_token_for_it_at_once_and_lets_another_claim_it()
    {
        await using var server = await HostedServer.StartAsync();
        await ExchangeForTokenAsync(server, await ClaimAsync(server, Dave));
        var listed = JsonElement.Parse((await server.GetAsync("/api/v2/resources", Dave)).Body)[0].GetProperty("accessToken").GetString();
        (await server.GetAsync("/api/v2/resources", listed)).Status.ShouldBe(HttpStatusCode.OK);
        var devices = JsonElement.Parse((await server.GetAsync("/api/v2/devices", Dave)).Body).EnumerateArray();
        var id = devices.Single(device => device.GetProperty("clientIdentifier").GetString() == Cellar).GetProperty("id");

        (await server.SendAsync(HttpMethod.Delete, $"/api/v2/devices/{id}", Dave)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.GetAsync("/api/v2/resources", listed)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await ExchangeAsync(server, await ClaimAsync(server, Alice))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_owner_lets_go_of_the_server_and_a_neighbour_claims_it()
    {
        await using var server = await HostedServer.StartAsync();
        var bobs = JsonElement.Parse((await server.GetAsync("/api/v2/resources", "bob-dev-token-000001")).Body)[1].GetProperty("accessToken").GetString();
        (await server.GetAsync("/", bobs)).Status.ShouldBe(HttpStatusCode.OK);

        (await server.SendAsync(HttpMethod.Delete, "/myplex/account", Alice)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await server.GetAsync("/identity")).Body.ShouldContain("\"claimed\":false");
        (await ExchangeAsync(server, await ClaimAsync(server, Dave), LivingRoom)).Status.ShouldBe(HttpStatusCode.Forbidden, "it is claimed from nearby alone");
        (await server.SendAsync(HttpMethod.Post, $"/myplex/claim?token={await ClaimAsync(server, Dave)}")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.GetAsync("/identity")).Body.ShouldContain("\"claimed\":true");
        (await server.GetAsync("/myplex/account", Dave)).Status.ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync("/", bobs)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/myplex/account", Alice)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_caller_from_elsewhere_claims_nothing()
    {
        await using var server = await HostedServer.StartAsync(options => options.KnownProxies.Add("127.0.0.1"));
        await server.SendAsync(HttpMethod.Delete, "/myplex/account", Alice);
        var claim = await ClaimAsync(server, Dave);

        var refused = await server.SendAsync(HttpMethod.Post, $"/myplex/claim?token={claim}", headers: [("X-Forwarded-For", "203.0.113.5")]);

        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.SendAsync(HttpMethod.Post, $"/myplex/claim?token={claim}")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_proxy_that_nobody_declared_is_not_taken_for_a_neighbour()
    {
        await using var server = await HostedServer.StartAsync();
        await server.SendAsync(HttpMethod.Delete, "/myplex/account", Alice);
        var claim = await ClaimAsync(server, Dave);

        var refused = await server.SendAsync(HttpMethod.Post, $"/myplex/claim?token={claim}", headers: [("X-Forwarded-For", "203.0.113.9")]);

        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.GetAsync("/identity")).Body.ShouldContain("\"claimed\":false");
    }

    [Fact]
    public async Task A_server_is_claimed_for_no_account_that_has_all_the_devices_it_may_have()
    {
        await using var server = await HostedServer.StartAsync();
        await FullAccount.FillAsync(server.App.Services.GetRequiredService<Database>(), accountId: 4);

        var refused = await ExchangeAsync(server, await ClaimAsync(server, Dave));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Body.ShouldContain("1008");
        (await server.GetAsync("/api/v2/resources", Dave)).Body.ShouldBe("[]");
    }

    [Fact]
    public async Task The_servers_account_shows_no_longer_lived_token_than_the_callers()
    {
        await using var server = await HostedServer.StartAsync();
        var minted = JsonElement.Parse((await server.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", Alice)).Body);
        var transient = minted.GetProperty("MediaContainer").GetProperty("token").GetString();

        var own = await server.GetAsync("/myplex/account.xml", Alice);
        own.ContentType.ShouldBe("text/xml; charset=utf-8");
        var account = XElement.Parse(own.Body);
        account.Attribute("authToken")!.Value.ShouldBe(Alice);
        account.Attribute("subscriptionFeatures")!.Value.Split(',').ShouldContain("home");
        JsonElement.Parse((await server.GetAsync("/myplex/account", transient)).Body).GetProperty("MyPlex").GetProperty("authToken").GetString().ShouldBe("");
    }

    private static async Task<string> ClaimAsync(HostedServer server, string token) =>
        JsonElement.Parse((await server.GetAsync("/api/claim/token.json", token)).Body).GetProperty("token").GetString()!;

    private static Task<Reply> ExchangeAsync(HostedServer server, string claim, string machineIdentifier = Cellar) => server.SendAsync(
        HttpMethod.Post, $"/api/claim/exchange?token={claim}", headers: [("X-Plex-Client-Identifier", machineIdentifier), ("X-Plex-Device-Name", "Cellar")]);

    private static async Task<string> ExchangeForTokenAsync(HostedServer server, string claim)
    {
        var reply = await ExchangeAsync(server, claim);
        return XElement.Parse(reply.Body).Element("authentication-token")!.Value;
    }

    private static Task<Reply> ReportAsync(HostedServer server, string token, params string[] uris) => server.SendAsync(
        HttpMethod.Put,
        $"/devices/{Cellar}?" + string.Join('&', uris.Select(uri => "Connection[][uri]=" + Uri.EscapeDataString(uri))),
        token,
        [("X-Plex-Client-Identifier", Cellar), ("X-Plex-Device-Name", "Cellar"), ("X-Plex-Version", "1.42")]);
}
