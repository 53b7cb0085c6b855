using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tests.Accounts;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Pages;

/// <summary>What the account page asks of its API.</summary>
public class OwnAccountTests
{
    [Fact]
    public async Task Devices_and_events_are_those_of_the_session_s_account_and_hold_no_token()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("alice");

        var devices = await browser.SendAsync(HttpMethod.Get, "devices");
        devices.Body.ShouldNotContain(PlexAuthPersona.Alice.Token);
        var id = Browser.Json(devices)[0].GetProperty("id").GetInt64();
        (await browser.SendAsync(HttpMethod.Delete, $"devices/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await browser.SendAsync(HttpMethod.Delete, $"devices/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.GetAsync("/api/v2/user", PlexAuthPersona.Alice.Token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.SendAsync(HttpMethod.Get, "events")).Body.ShouldContain("device-removed");
    }

    [Fact, Requirement("RA4")]
    public async Task Changing_the_password_takes_the_old_one_and_signs_out_all_but_this_browser()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("bob");
        using var other = new Browser(server);
        await other.SignInAsync("bob");

        Browser.Code(await browser.SendAsync(HttpMethod.Put, "password", new { password = "wrong", newPassword = "tide and lantern" })).ShouldBe("password_wrong");
        Browser.Code(await browser.SendAsync(HttpMethod.Put, "password", new { password = "bob-password", newPassword = "password" })).ShouldBe("password_refused");
        var former = browser.Cookies["pa_session"];
        var changed = await browser.SendAsync(HttpMethod.Put, "password", new { password = "bob-password", newPassword = "tide and lantern" });

        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Body);
        Browser.Json(changed).GetProperty("account").GetProperty("username").GetString().ShouldBe("bob");
        browser.Antiforgery = Browser.Json(changed).GetProperty("antiforgery").GetString()!;
        (await browser.SendAsync(HttpMethod.Delete, "devices")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await other.SendAsync(HttpMethod.Get, "devices")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/api/v2/user", PlexAuthPersona.Bob.Token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await other.SignInAsync("bob", "tide and lantern")).Status.ShouldBe(HttpStatusCode.OK);
        browser.Cookies["pa_session"] = former;
        (await browser.SendAsync(HttpMethod.Get, "devices")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_new_password_that_finds_no_room_to_be_hashed_leaves_the_old_one_and_counts_as_no_wrong_try()
    {
        var hasher = new BusyHasher();
        await using var server = await HostedServer.StartAsync(services: services => services.AddSingleton<IPasswordHasher<Account>>(hasher));
        using var browser = new Browser(server);
        await browser.SignInAsync("bob");
        var change = new { password = "bob-password", newPassword = "tide and lantern" };
        hasher.Refusals = 20;

        for (var i = 0; i < 10; i++)
        {
            Browser.ShouldBeBusy(await browser.SendAsync(HttpMethod.Put, "password", change));
            var answer = await server.SendAsync(
                HttpMethod.Put, "/api/v2/user/password", PlexAuthPersona.Bob.Token, content: new FormUrlEncodedContent([new("currentPassword", change.password), new("newPassword", change.newPassword)]));
            (answer.Status, answer.Headers.ContainsKey("Retry-After")).ShouldBe((HttpStatusCode.ServiceUnavailable, true), answer.Body);
        }

        hasher.Refusals.ShouldBe(0);
        (await browser.SendAsync(HttpMethod.Put, "password", change)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Requirement("RA6")]
    public async Task A_second_factor_is_turned_on_and_off_on_the_page()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("frank");

        var begun = Browser.Json(await browser.PostAsync("two-factor", new { password = "frank-password" }));
        begun.GetProperty("uri").GetString().ShouldStartWith("otpauth://totp/PlexAuth:frank%40example.com?secret=");
        var code = Totp.Compute(Base32.Decode(begun.GetProperty("secret").GetString()!), DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        var codes = Browser.Json(await browser.SendAsync(HttpMethod.Put, "two-factor", new { verificationCode = code })).GetProperty("backupCodes");
        codes.GetArrayLength().ShouldBe(10);

        Browser.Code(await browser.SendAsync(HttpMethod.Delete, "two-factor", new { password = "frank-password" })).ShouldBe("verification_required");
        (await browser.SendAsync(HttpMethod.Delete, "two-factor", new { password = "frank-password", verificationCode = codes[0].GetString() })).Status.ShouldBe(HttpStatusCode.NoContent);
    }
}
