using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Data;
using PlexAuth.Server.Pages;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Pages;

public sealed class PageTests(HostedServer server) : IClassFixture<HostedServer>
{
    private static readonly string[] Paths = ["/auth", "/link", "/account", "/account/accounts"];

    public static TheoryData<string> Pages => [.. Paths];

    public static TheoryData<string> Everything => [.. Paths, .. PageFiles.Assets.Keys.Select(name => $"/pages/{name}"), "/account/api/session", "/account/api/accounts", "/pages/none.js"];

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Every_answer_keeps_itself_from_being_framed_scripted_or_sniffed(string path)
    {
        var reply = await server.GetAsync(path);

        reply.Headers["Content-Security-Policy"].ShouldBe(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; " +
            "object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'");
        reply.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        reply.Headers["X-Frame-Options"].ShouldBe("DENY");
        reply.Headers["Referrer-Policy"].ShouldBe("no-referrer");
        reply.Headers["Cross-Origin-Resource-Policy"].ShouldBe("same-origin");
        reply.Headers["Permissions-Policy"].ShouldContain("camera=()");
        reply.Headers.ContainsKey("Access-Control-Allow-Origin").ShouldBeFalse();
        reply.Headers["Cache-Control"].ShouldBe(path.StartsWith("/pages/", StringComparison.Ordinal) && reply.Status == HttpStatusCode.OK ? "no-cache" : "no-store");
    }

    [Theory]
    [InlineData("/auth", "unsafe-none")]
    [InlineData("/link", "same-origin")]
    [InlineData("/account", "same-origin")]
    public async Task Only_the_page_that_apps_open_as_a_popup_stays_in_touch_with_its_opener(string path, string policy) =>
        (await server.GetAsync(path)).Headers["Cross-Origin-Opener-Policy"].ShouldBe(policy);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_nothing_inline_and_nothing_from_elsewhere(string path)
    {
        var page = (await server.GetAsync(path)).Body;

        page.ShouldNotContain("<style");
        Regex.IsMatch(page, """\son[a-z]+=|\sstyle=|javascript:|<script(?![^>]*\ssrc=)""", RegexOptions.IgnoreCase).ShouldBeFalse();
        Regex.IsMatch(page, """(src|href|action)="(?!/[a-z]|#)""", RegexOptions.IgnoreCase).ShouldBeFalse();
        page.ShouldNotContain("{");
        page.ShouldContain("Plex-compatible");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_finds_all_that_it_loads(string path)
    {
        var page = (await server.GetAsync(path)).Body;
        foreach (Match file in Regex.Matches(page, "\"(/pages/[^\"]+)\""))
            (await server.GetAsync(file.Groups[1].Value)).Status.ShouldBe(HttpStatusCode.OK, file.Value);
        foreach (var script in PageFiles.Assets.Where(asset => asset.Key.EndsWith(".js", StringComparison.Ordinal)))
        {
            foreach (Match import in Regex.Matches(System.Text.Encoding.UTF8.GetString(script.Value.Content), "from '/pages/([^']+)'"))
                PageFiles.Assets.ShouldContainKey(import.Groups[1].Value);
        }
    }

    [Theory]
    [InlineData("/auth/")]
    [InlineData("/link/")]
    [InlineData("/link/?pin=7RQZ")]
    public async Task Pages_are_there_with_a_slash_too(string path) => (await server.GetAsync(path)).Status.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task A_browser_that_has_a_script_already_is_not_sent_it_again()
    {
        var first = await server.GetAsync("/pages/page.js");

        var second = await server.GetAsync("/pages/page.js", headers: [("If-None-Match", first.Headers["ETag"])]);

        second.Status.ShouldBe(HttpStatusCode.NotModified);
        second.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nothing_can_be_written_a_page_hears_that_the_server_is_busy()
    {
        var time = new FakeTimeProvider();
        await using var stuck = await HostedServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        using var browser = new Browser(stuck);
        await browser.SignInAsync("bob");
        await stuck.App.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync("PRAGMA query_only = 1"), RulesHost.Cancelled);

        Browser.ShouldBeBusy(await browser.SendAsync(HttpMethod.Delete, "devices"));
        time.Advance(TimeSpan.FromMinutes(10));
        Browser.ShouldBeBusy(await browser.SendAsync(HttpMethod.Get, "devices"));
        stuck.Log.Entries.ShouldContain(entry => entry.Contains("Answered 503", StringComparison.Ordinal));
    }
}
