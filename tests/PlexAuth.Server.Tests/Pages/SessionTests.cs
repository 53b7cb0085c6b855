using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Pages;

public class SessionTests
{
    [Fact]
    public async Task Signing_in_with_a_password_begins_a_session_in_a_cookie_that_no_script_reads()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);

        var reply = await browser.SignInAsync("alice");

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        Browser.Json(reply).GetProperty("account").GetProperty("username").GetString().ShouldBe("alice");
        browser.SetCookies.Last().ShouldMatch("^pa_session=[A-Za-z0-9_-]{43}; path=/; samesite=lax; httponly$");
        (await browser.OpenAsync()).GetProperty("account").GetProperty("email").GetString().ShouldBe("alice@example.com");
    }

    [Fact]
    public async Task Wrong_unknown_and_disabled_get_one_answer()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        var bodies = new List<string>();
        foreach (var (login, password) in new[] { ("alice", "wrong"), ("nobody", "wrong"), ("heidi", "heidi-password"), ("erin", ""), ("", "") })
        {
            var reply = await browser.SignInAsync(login, password);
            reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
            bodies.Add(reply.Body);
        }

        bodies.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        browser.Cookies.Keys.ShouldBe(["pa_csrf"]);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_after_the_password_and_its_code_works_once()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var browser = new Browser(server);
        var code = Totp.Compute(Base32.Decode(PlexAuthPersona.Carol.TotpSecret!), time.GetUtcNow().ToUnixTimeSeconds() / 30);

        Browser.Code(await browser.SignInAsync("carol", "wrong", code)).ShouldBe("refused");
        Browser.Code(await browser.SignInAsync("carol")).ShouldBe("verification_required");
        Browser.Code(await browser.SignInAsync("carol", code: "000000")).ShouldBe("verification_wrong");
        (await browser.SignInAsync("carol", code: code)).Status.ShouldBe(HttpStatusCode.OK);
        Browser.Code(await browser.SignInAsync("carol", code: code)).ShouldBe("verification_wrong");
    }

    [Fact]
    public async Task A_sign_in_ends_the_session_that_the_browser_had()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("alice");
        var before = browser.Cookies["pa_session"];

        await browser.SignInAsync("bob");
        browser.Cookies["pa_session"].ShouldNotBe(before);

        browser.Cookies["pa_session"] = before;
        (await browser.OpenAsync()).GetProperty("account").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_session_id_that_somebody_planted_is_not_taken_over()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        browser.Cookies["pa_session"] = new string('a', 43);

        (await browser.SignInAsync("alice")).Status.ShouldBe(HttpStatusCode.OK);

        browser.Cookies["pa_session"].ShouldNotBe(new string('a', 43));
    }

    [Theory]
    [InlineData(59, 10, true)]
    [InlineData(61, 1, false)]
    [InlineData(50, 28, true)]
    [InlineData(50, 29, false)]
    public async Task A_session_ends_after_an_hour_unused_and_after_a_day_in_any_case(int minutesBetweenVisits, int visits, bool alive)
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        using var browser = new Browser(server);
        await browser.SignInAsync("alice");
        for (var visit = 1; visit < visits; visit++)
        {
            time.Advance(TimeSpan.FromMinutes(minutesBetweenVisits));
            await browser.OpenAsync();
        }

        time.Advance(TimeSpan.FromMinutes(minutesBetweenVisits));
        ((await browser.OpenAsync()).GetProperty("account").ValueKind != System.Text.Json.JsonValueKind.Null).ShouldBe(alive);
    }

    [Theory]
    [InlineData("UPDATE accounts SET password_version = password_version + 1 WHERE username = 'alice'")]
    [InlineData("UPDATE accounts SET disabled = 1 WHERE username = 'alice'")]
    public async Task A_session_ends_with_the_password_or_the_account_it_was_given_for(string change)
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("alice");

        await server.App.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(change), TestContext.Current.CancellationToken);

        Browser.Code(await browser.PostAsync("pins/lookup", new { code = "7RQZ" })).ShouldBe("sign_in_required");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_good()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("alice");
        var id = browser.Cookies["pa_session"];

        (await browser.SendAsync(HttpMethod.Delete, "session")).Status.ShouldBe(HttpStatusCode.NoContent);

        browser.Cookies.ShouldNotContainKey("pa_session");
        browser.Cookies["pa_session"] = id;
        (await browser.OpenAsync()).GetProperty("account").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task The_API_takes_no_cookie()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync("alice");

        foreach (var path in new[] { "/api/v2/user", "/api/v2/ping", "/", "/security/token?type=delegation&scope=all" })
            (await browser.SendAsync(HttpMethod.Get, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}X-Plex-Client-Identifier=c")).Status.ShouldBe(HttpStatusCode.Unauthorized, path);
        (await browser.SendAsync(HttpMethod.Put, "/api/v2/pins/link?code=7RQZ&X-Plex-Client-Identifier=c")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_opens_none_of_the_pages_calls()
    {
        await using var server = await HostedServer.StartAsync();

        (await server.GetAsync("/account/api/accounts", PlexAuthPersona.Alice.Token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_accounts_are_for_the_owner()
    {
        await using var server = await HostedServer.StartAsync();
        using var alice = new Browser(server);
        using var bob = new Browser(server);
        await alice.SignInAsync("alice");
        await bob.SignInAsync("bob");

        var reply = await alice.SendAsync(HttpMethod.Get, "accounts");
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        Browser.Json(reply).EnumerateArray().Select(account => account.GetProperty("title").GetString()).ShouldBe(PlexAuthPersona.All.Select(persona => persona.Name));
        Browser.Code(await bob.SendAsync(HttpMethod.Get, "accounts")).ShouldBe("not_permitted");
    }

    public static TheoryData<string> Forgeries => ["no token", "wrong token", "another browser's token", "token of before", "no origin", "another origin", "null origin", "cross-site", "same-site", "no cookie"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_another_site_makes_a_browser_send_changes_nothing(string forgery)
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.OpenAsync();
        var before = browser.Antiforgery;
        await browser.SignInAsync("alice");
        using var other = new Browser(server);
        await other.SignInAsync("bob");
        switch (forgery)
        {
            case "no token": browser.Antiforgery = ""; break;
            case "wrong token": browser.Antiforgery = new string('a', 43); break;
            case "another browser's token": browser.Antiforgery = other.Antiforgery; break;
            case "token of before": browser.Antiforgery = before; break;
            case "no origin": browser.Origin = null; break;
            case "another origin": browser.Origin = "http://evil.example"; break;
            case "null origin": browser.Origin = "null"; break;
            case "cross-site": browser.FetchSite = "cross-site"; break;
            case "same-site": browser.FetchSite = "same-site"; break;
            default: browser.Cookies.Remove("pa_csrf"); break;
        }

        var reply = await browser.SendAsync(HttpMethod.Delete, "session");

        reply.Status.ShouldBe(HttpStatusCode.Forbidden);
        Browser.Code(reply).ShouldBe("page_outdated");
        (await browser.OpenAsync()).GetProperty("account").GetProperty("username").GetString().ShouldBe("alice");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task A_body_that_needs_no_preflight_is_not_read(string type)
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server);
        await browser.OpenAsync();

        var reply = await browser.SendAsync(HttpMethod.Post, "session", content: new StringContent("""{"login":"alice","password":"alice-password"}""", new MediaTypeHeaderValue(type)));

        Browser.Code(reply).ShouldBe("malformed");
        browser.Cookies.ShouldNotContainKey("pa_session");
    }

    [Fact]
    public async Task No_password_is_taken_over_plain_http_from_afar()
    {
        await using var server = await HostedServer.StartAsync();
        using var browser = new Browser(server, host: "plex.example");

        Browser.Code(await browser.SignInAsync("alice")).ShouldBe("https_needed");
    }

    [Fact]
    public async Task Behind_a_known_proxy_that_speaks_https_the_cookies_are_tied_to_the_host()
    {
        await using var server = await HostedServer.StartAsync(options => options.KnownProxies.Add("127.0.0.1"));
        using var browser = new Browser(server) { Origin = "https://plex.example" };
        browser.ProxyHeaders["X-Forwarded-Proto"] = "https";
        browser.ProxyHeaders["X-Forwarded-Host"] = "plex.example";

        var reply = await browser.SignInAsync("alice");

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        reply.Headers["Strict-Transport-Security"].ShouldBe("max-age=31536000");
        browser.SetCookies.ShouldAllBe(cookie => cookie.StartsWith("__Host-pa_", StringComparison.Ordinal) && cookie.EndsWith("; path=/; secure; samesite=lax; httponly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forwarded_headers_of_anybody_else_are_ignored()
    {
        await using var server = await HostedServer.StartAsync(options => options.KnownProxies.Add("10.0.0.0/8"));
        using var browser = new Browser(server) { Origin = "https://plex.example" };
        browser.ProxyHeaders["X-Forwarded-Proto"] = "https";
        browser.ProxyHeaders["X-Forwarded-Host"] = "plex.example";

        Browser.Code(await browser.SignInAsync("alice")).ShouldBe("page_outdated");
    }

    private static Task<HostedServer> StartAsync(FakeTimeProvider time) => HostedServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
}
