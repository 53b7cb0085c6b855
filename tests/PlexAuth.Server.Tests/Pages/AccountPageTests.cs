using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Pages;

/// <summary>The calls behind /account.</summary>
public class AccountPageTests
{
    [Fact]
    public async Task People_see_and_remove_their_own_devices_and_no_others()
    {
        await using var server = await HostedServer.StartAsync();
        using var alice = await SignedInAsync(server, "alice");
        using var bob = await SignedInAsync(server, "bob");
        var device = Devices(await bob.SendAsync(HttpMethod.Get, "devices")).ShouldHaveSingleItem();
        device.GetProperty("name").GetString().ShouldBe("Dev token");
        var path = $"devices/{device.GetProperty("id").GetInt64()}";

        (await alice.SendAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.GetAsync("/api/v2/user", PlexAuthPersona.Bob.Token)).Status.ShouldBe(HttpStatusCode.OK);

        (await bob.SendAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await server.GetAsync("/api/v2/user", PlexAuthPersona.Bob.Token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await bob.SendAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.SendAsync(HttpMethod.Delete, "devices/abc")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await bob.OpenAsync()).GetProperty("account").GetProperty("username").GetString().ShouldBe("bob");
    }

    [Fact]
    public async Task Linking_and_denying_are_among_the_events_of_that_account_alone()
    {
        await using var server = await HostedServer.StartAsync();
        using var alice = await SignedInAsync(server, "alice");
        using var bob = await SignedInAsync(server, "bob");
        foreach (var verb in new[] { "allow", "deny" })
        {
            var pin = JsonElement.Parse((await server.SendAsync(HttpMethod.Post, "/api/v2/pins")).Body);
            (await bob.PostAsync($"pins/{verb}", new { code = pin.GetProperty("code").GetString() })).Status.ShouldBe(verb == "allow" ? HttpStatusCode.OK : HttpStatusCode.NoContent);
        }

        var events = Browser.Json(await bob.SendAsync(HttpMethod.Get, "events")).EnumerateArray().ToList();
        events.Take(2).Select(happened => happened.GetProperty("kind").GetString()).ShouldBe(["pin-denied", "pin-linked"]);
        events[0].GetProperty("client").GetString().ShouldBe("test-client");
        events[0].GetProperty("address").GetString().ShouldBe("127.0.0.1");
        (await alice.SendAsync(HttpMethod.Get, "events")).Body.ShouldNotContain("pin-");
    }

    [Fact]
    public async Task A_second_factor_takes_the_password_and_a_first_code_to_turn_on()
    {
        var time = new FakeTimeProvider();
        await using var server = await HostedServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        using var bob = await SignedInAsync(server, "bob");

        Browser.Code(await bob.PostAsync("two-factor", new { password = "wrong" })).ShouldBe("password_wrong");
        var begun = Browser.Json(await bob.PostAsync("two-factor", new { password = "bob-password" }));
        begun.GetProperty("qr").GetString().ShouldStartWith("data:image/png;base64,");
        Browser.Code(await bob.SendAsync(HttpMethod.Put, "two-factor", new { verificationCode = "000000" })).ShouldBe("verification_wrong");
        var code = Totp.Compute(Base32.Decode(begun.GetProperty("secret").GetString()!), time.GetUtcNow().ToUnixTimeSeconds() / 30);
        var confirmed = await bob.SendAsync(HttpMethod.Put, "two-factor", new { verificationCode = code });

        confirmed.Status.ShouldBe(HttpStatusCode.OK, confirmed.Body);
        var codes = Browser.Json(confirmed).GetProperty("backupCodes").EnumerateArray().Select(backup => backup.GetString()!).ToList();
        codes.Count.ShouldBe(10);
        Browser.Code(await bob.SendAsync(HttpMethod.Delete, "two-factor", new { password = "bob-password" })).ShouldBe("verification_required");
        (await bob.PostAsync("backup-codes", new { password = "bob-password", verificationCode = codes[0] })).Status.ShouldBe(HttpStatusCode.OK);
        Browser.Code(await bob.SendAsync(HttpMethod.Delete, "two-factor", new { password = "bob-password", verificationCode = codes[1] })).ShouldBe("verification_wrong");
    }

    [Fact]
    public async Task Nobody_who_is_not_signed_in_gets_any_of_it()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.OpenAsync();
        foreach (var path in new[] { "devices", "events", "accounts" })
            Browser.Code(await browser.SendAsync(HttpMethod.Get, path)).ShouldBe("sign_in_required");
        foreach (var path in new[] { "two-factor", "backup-codes", "pins/lookup", "pins/allow", "pins/deny" })
            Browser.Code(await browser.PostAsync(path, new { })).ShouldBe("sign_in_required");
    }

    private static async Task<Browser> SignedInAsync(HostedServer server, string person)
    {
        var browser = new Browser(server);
        (await browser.SignInAsync(person)).Status.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    private static List<JsonElement> Devices(Reply reply) => [.. Browser.Json(reply).EnumerateArray()];
}
