using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Pages;

/// <summary>What /auth and /link do, call by call, with people and apps at different addresses.</summary>
public class PinConsentTests
{
    private const string Home = "203.0.113.10";
    private const string Away = "198.51.100.20";

    [Fact]
    public async Task Whoever_decides_sees_what_asks()
    {
        await using var server = await StartAsync();
        using var browser = await SignedInAsync(server, "bob", Home);
        var pin = await CreateAsync(server, Home, ("X-Plex-Product", "Overseerr"), ("X-Plex-Platform", "Chrome"), ("X-Plex-Device-Name", "Chrome (Overseerr)"), ("Origin", "http://overseerr.lan:5055"));

        var reply = await browser.PostAsync("pins/lookup", new { code = pin.Code, clientIdentifier = "app-1", forwardUrl = "http://overseerr.lan:5055/login?x=1" });

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        var details = Browser.Json(reply);
        details.GetProperty("product").GetString().ShouldBe("Overseerr");
        details.GetProperty("platform").GetString().ShouldBe("Chrome");
        details.GetProperty("deviceName").GetString().ShouldBe("Chrome (Overseerr)");
        details.GetProperty("origin").GetString().ShouldBe("http://overseerr.lan:5055");
        details.GetProperty("network").GetString().ShouldBe("203.0.113.0/24");
        details.GetProperty("sameNetwork").GetBoolean().ShouldBeTrue();
        details.GetProperty("createdAt").GetDateTimeOffset().ShouldBeGreaterThan(default);
        details.GetProperty("forward").GetProperty("automatic").GetBoolean().ShouldBeTrue();
        details.GetProperty("forward").GetProperty("host").GetString().ShouldBe("overseerr.lan:5055");
        (await PollAsync(server, pin.Id)).GetProperty("authToken").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_request_from_another_network_is_marked()
    {
        await using var server = await StartAsync();
        using var browser = await SignedInAsync(server, "bob", Home);
        var pin = await CreateAsync(server, Away);

        var details = Browser.Json(await browser.PostAsync("pins/lookup", new { code = pin.Code }));

        details.GetProperty("sameNetwork").GetBoolean().ShouldBeFalse();
        details.GetProperty("network").GetString().ShouldBe("198.51.100.0/24");
    }

    [Fact]
    public async Task Allowing_signs_the_app_in_as_whoever_allowed_it()
    {
        await using var server = await StartAsync();
        using var browser = await SignedInAsync(server, "bob", Home);
        var pin = await CreateAsync(server, Home);

        (await browser.PostAsync("pins/allow", new { code = pin.Code, clientIdentifier = "app-1" })).Status.ShouldBe(HttpStatusCode.OK);

        var token = (await PollAsync(server, pin.Id)).GetProperty("authToken").GetString();
        JsonElement.Parse((await server.GetAsync("/api/v2/user", token)).Body).GetProperty("username").GetString().ShouldBe("bob");
    }

    [Fact]
    public async Task What_was_allowed_by_mistake_can_be_taken_back_at_once()
    {
        await using var server = await StartAsync();
        using var browser = await SignedInAsync(server, "bob", Home);
        var pin = await CreateAsync(server, Home);
        var allowed = Browser.Json(await browser.PostAsync("pins/allow", new { code = pin.Code }));
        var token = (await PollAsync(server, pin.Id)).GetProperty("authToken").GetString();

        (await browser.SendAsync(HttpMethod.Delete, $"devices/{allowed.GetProperty("deviceId").GetInt64()}")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.GetAsync("/api/v2/user", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Denying_is_final()
    {
        await using var server = await StartAsync();
        using var browser = await SignedInAsync(server, "bob", Home);
        var pin = await CreateAsync(server, Home);

        (await browser.PostAsync("pins/deny", new { code = pin.Code })).Status.ShouldBe(HttpStatusCode.NoContent);

        (await browser.PostAsync("pins/allow", new { code = pin.Code })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.GetAsync($"/api/v2/pins/{pin.Id}", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", "app-1")])).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_link_for_another_app_leads_nowhere()
    {
        await using var server = await StartAsync();
        using var browser = await SignedInAsync(server, "bob", Home);
        var pin = await CreateAsync(server, Home);

        Browser.Code(await browser.PostAsync("pins/lookup", new { code = pin.Code, clientIdentifier = "app-2" })).ShouldBe("not_found");
    }

    [Fact]
    public async Task Wrong_codes_on_the_page_are_counted_and_the_wait_is_told()
    {
        await using var server = await StartAsync();
        using var browser = await SignedInAsync(server, "bob", Home);
        for (var i = 0; i < 5; i++)
            Browser.Code(await browser.PostAsync("pins/lookup", new { code = "ZZZZ" })).ShouldBe("not_found");

        var reply = await browser.PostAsync("pins/lookup", new { code = "ZZZZ" });

        reply.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        int.Parse(reply.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(590, 600);
    }

    [Theory]
    [InlineData("bob", 719, true)]
    [InlineData("bob", 721, false)]
    [InlineData("alice", 14, true)]
    [InlineData("alice", 16, false)]
    public async Task An_old_session_gives_its_password_again_before_it_allows(string person, int minutes, bool allowed)
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var browser = await SignedInAsync(server, person, Home);
        for (var left = minutes; left > 0; left -= 30)
        {
            time.Advance(TimeSpan.FromMinutes(Math.Min(left, 30)));
            await browser.OpenAsync();
        }

        var pin = await CreateAsync(server, Home);
        var reply = await browser.PostAsync("pins/allow", new { code = pin.Code });

        if (allowed)
        {
            reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
            return;
        }

        Browser.Code(reply).ShouldBe("sign_in_again");
        await browser.SignInAsync(person);
        (await browser.PostAsync("pins/allow", new { code = pin.Code })).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Budgets_go_by_the_address_that_a_known_proxy_reports()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 31; i++)
            (await SendCreateAsync(server, Home, $"app-{i}")).Status.ShouldBe(i < 30 ? HttpStatusCode.Created : HttpStatusCode.TooManyRequests);

        (await SendCreateAsync(server, Away, "app-x")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_forged_address_in_front_of_the_proxys_changes_nothing()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 31; i++)
            (await SendCreateAsync(server, $"10.9.{i}.1, {Home}", $"app-{i}")).Status.ShouldBe(i < 30 ? HttpStatusCode.Created : HttpStatusCode.TooManyRequests);
    }

    private static Task<HostedServer> StartAsync(TimeProvider? time = null) => HostedServer.StartAsync(
        options => options.KnownProxies.Add("127.0.0.1"),
        services: services => services.AddSingleton(time ?? TimeProvider.System));

    private static async Task<Browser> SignedInAsync(HostedServer server, string person, string address)
    {
        var browser = new Browser(server);
        browser.ProxyHeaders["X-Forwarded-For"] = address;
        (await browser.SignInAsync(person)).Status.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    private static Task<Reply> SendCreateAsync(HostedServer server, string address, string client, params (string, string)[] headers) => server.SendAsync(
        HttpMethod.Post, "/api/v2/pins", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", client), ("X-Forwarded-For", address), .. headers]);

    private static async Task<(int Id, string Code)> CreateAsync(HostedServer server, string address, params (string, string)[] headers)
    {
        var reply = await SendCreateAsync(server, address, "app-1", headers);
        reply.Status.ShouldBe(HttpStatusCode.Created, reply.Body);
        var pin = JsonElement.Parse(reply.Body);
        return (pin.GetProperty("id").GetInt32(), pin.GetProperty("code").GetString()!);
    }

    private static async Task<JsonElement> PollAsync(HostedServer server, int id) =>
        JsonElement.Parse((await server.GetAsync($"/api/v2/pins/{id}", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", "app-1")])).Body);
}
