using System.Net;
using System.Text.Json;

namespace PlexAuth.Server.Tests.Pages;

/// <summary>What the page of a Home asks of its API.</summary>
public class HomePageTests
{
    [Fact]
    public async Task Everybody_of_the_Home_is_shown_with_what_the_signed_in_person_may_do()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("frank");

        var home = await HomeAsync(browser);

        home.GetProperty("admin").GetBoolean().ShouldBeFalse();
        home.GetProperty("members").EnumerateArray().Select(member => (member.GetProperty("title").GetString(), member.GetProperty("self").GetBoolean(), member.GetProperty("managed").GetBoolean(), member.GetProperty("hasPin").GetBoolean()))
            .ShouldBe([("alice", false, false, false), ("erin", false, true, true), ("frank", true, false, true)]);
        Browser.Code(await browser.PostAsync("home/users", new { title = "Zoe" })).ShouldBe("not_permitted");
        Browser.Code(await browser.SendAsync(HttpMethod.Delete, $"home/users/{UuidOf(home, "erin")}")).ShouldBe("not_permitted");
        Browser.Code(await PinAsync(browser, UuidOf(home, "erin"), "1111")).ShouldBe("not_permitted");
    }

    [Fact]
    public async Task A_managed_user_is_made_gets_a_PIN_loses_it_and_is_removed()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("alice");
        Browser.Code(await browser.PostAsync("home/users", new { title = " \u202e " })).ShouldBe("name_refused");
        (await browser.PostAsync("home/users", new { title = "Zoe", restrictionProfile = "teen" })).Status.ShouldBe(HttpStatusCode.NoContent);
        var zoe = UuidOf(await HomeAsync(browser), "Zoe");

        Browser.Code(await PinAsync(browser, zoe, "12a4")).ShouldBe("pin_malformed");
        (await PinAsync(browser, zoe, "2468")).Status.ShouldBe(HttpStatusCode.NoContent);
        HasPin(await HomeAsync(browser), "Zoe").ShouldBeTrue();
        (await PinAsync(browser, zoe, "")).Status.ShouldBe(HttpStatusCode.NoContent);
        HasPin(await HomeAsync(browser), "Zoe").ShouldBeFalse();

        (await browser.SendAsync(HttpMethod.Delete, $"home/users/{zoe}")).Status.ShouldBe(HttpStatusCode.NoContent);
        Browser.Code(await browser.SendAsync(HttpMethod.Delete, $"home/users/{zoe}")).ShouldBe("member_missing");
    }

    [Fact]
    public async Task One_s_own_PIN_is_changed_by_whoever_knows_it()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("frank");
        var frank = UuidOf(await HomeAsync(browser), "frank");

        Browser.Code(await PinAsync(browser, frank, "1111", current: "9999")).ShouldBe("pin_wrong");
        (await PinAsync(browser, frank, "1111", current: "4321")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await PinAsync(browser, frank, "", current: "1111")).Status.ShouldBe(HttpStatusCode.NoContent);
        HasPin(await HomeAsync(browser), "frank").ShouldBeFalse();
    }

    [Fact, Requirement("T30")]
    public async Task A_session_becomes_a_managed_user_s_by_PIN_and_its_former_id_is_worth_nothing()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("alice");
        var home = await HomeAsync(browser);
        var former = browser.Cookies.ToDictionary();
        Browser.Code(await browser.PostAsync("home/switch", new { user = UuidOf(home, "erin") })).ShouldBe("pin_wrong");
        Browser.Code(await browser.PostAsync("home/switch", new { user = UuidOf(home, "erin"), pin = "0000" })).ShouldBe("pin_wrong");

        var switched = await browser.PostAsync("home/switch", new { user = UuidOf(home, "erin"), pin = "1234" });

        Browser.Json(switched).GetProperty("account").GetProperty("title").GetString().ShouldBe("erin");
        browser.Antiforgery = Browser.Json(switched).GetProperty("antiforgery").GetString()!;
        Browser.Code(await browser.PostAsync("home/users", new { title = "Zoe" })).ShouldBe("not_permitted");
        (await browser.SendAsync(HttpMethod.Get, "events")).Body.ShouldContain("home-switched");
        foreach (var (name, value) in former)
            browser.Cookies[name] = value;
        (await browser.SendAsync(HttpMethod.Get, "home")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, Requirement("T30")]
    [InlineData("frank", "4321", "not_permitted")]
    [InlineData("alice", null, "not_permitted")]
    public async Task A_PIN_leads_to_no_grown_up_s_account(string member, string? pin, string refusal)
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync(member == "alice" ? "frank" : "alice");

        Browser.Code(await browser.PostAsync("home/switch", new { user = UuidOf(await HomeAsync(browser), member), pin })).ShouldBe(refusal);
    }

    [Fact, Requirement("T30")]
    public async Task Five_wrong_PINs_close_the_page_s_door_as_well()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("alice");
        var erin = UuidOf(await HomeAsync(browser), "erin");
        for (var wrong = 0; wrong < 5; wrong++)
            Browser.Code(await browser.PostAsync("home/switch", new { user = erin, pin = $"000{wrong}" })).ShouldBe("pin_wrong");

        var refused = await browser.PostAsync("home/switch", new { user = erin, pin = "1234" });

        (refused.Status, Browser.Code(refused), refused.Headers.ContainsKey("Retry-After")).ShouldBe((HttpStatusCode.TooManyRequests, "rate_limited", true));
    }

    [Fact, Requirement("T18")]
    public async Task Somebody_of_another_Home_is_nobody()
    {
        await using var server = await HostedServer.StartAsync();
        using var alice = new Browser(server);
        using var bob = new Browser(server);
        await alice.SignInAsync("alice");
        await bob.SignInAsync("bob");
        var erin = UuidOf(await HomeAsync(alice), "erin");
        await bob.PostAsync("home/users", new { title = "Bobby" });

        Browser.Code(await bob.PostAsync("home/switch", new { user = erin, pin = "1234" })).ShouldBe("member_missing");
        Browser.Code(await PinAsync(bob, erin, "1111")).ShouldBe("member_missing");
        Browser.Code(await bob.SendAsync(HttpMethod.Delete, $"home/users/{erin}")).ShouldBe("member_missing");
    }

    private static async Task<JsonElement> HomeAsync(Browser browser) => Browser.Json(await browser.SendAsync(HttpMethod.Get, "home"));

    private static Task<Reply> PinAsync(Browser browser, string uuid, string pin, string? current = null) =>
        browser.SendAsync(HttpMethod.Put, $"home/users/{uuid}/pin", new { pin, currentPin = current });

    private static JsonElement MemberOf(JsonElement home, string title) => home.GetProperty("members").EnumerateArray().Single(member => member.GetProperty("title").GetString() == title);

    private static string UuidOf(JsonElement home, string title) => MemberOf(home, title).GetProperty("uuid").GetString()!;

    private static bool HasPin(JsonElement home, string title) => MemberOf(home, title).GetProperty("hasPin").GetBoolean();
}
