using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace PlexAuth.Browser.Tests;

/// <summary>What apps, links and other sites try, in a real browser.</summary>
public sealed class HostilityTests(Chromium chromium)
{
    private static readonly string[] Forwards =
    [
        "//evil.example", @"/\evil.example", "\t//evil.example", "https:evil.example", "https:/evil.example", @"https:\\evil.example", "javascript:document.title='x'", "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)", " javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "blob:https://evil.example/1", "vbscript:x", "file:///etc/passwd", "myapp://callback",
        "https://app.example@evil.example/", "https://user:secret@evil.example/", @"https://app.example\@evil.example/", "https://app.example%40evil.example/", "https://evil.example\u0000/",
        "https://\u0430pp.example/", "https://app\u3002example/", "https://evil.example%0d%0a/", "https://[::1]evil.example/", "https://2130706433/", "about:blank", "view-source:https://evil.example",
    ];

    [Fact]
    public async Task No_hostile_address_to_go_back_to_is_even_offered()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        await visitor.GoAsync("/account");
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Your account");

        foreach (var forward in Forwards)
        {
            await visitor.GoAsync(site.AuthAddress(await site.AskAsync(origin: "https://app.example"), forward));
            await visitor.SeeAsync("Let Overseerr use your account?");
            await visitor.ClickAsync("Allow");
            (await visitor.SeeAsync("Overseerr is signed in")).ShouldContain("You can close this window", customMessage: forward);
            (await visitor.Page.Locator("[data-forward-link]:visible").CountAsync()).ShouldBe(0, forward);
        }

        visitor.Visited.ShouldAllBe(url => url == "about:blank" || url.StartsWith(site.Address.AbsoluteUri));
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_site_than_the_one_that_asked_is_named_and_left_to_a_click()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        await visitor.GoAsync(site.AuthAddress(await site.AskAsync(origin: "https://app.example"), "https://app.example.evil.example/login?token="));
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Let Overseerr use your account?");
        await visitor.ClickAsync("Allow");

        (await visitor.SeeAsync("Overseerr is signed in")).ShouldContain("Continue to app.example.evil.example");
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        visitor.Visited.ShouldAllBe(url => url == "about:blank" || url.StartsWith(site.Address.AbsoluteUri));
        var link = visitor.Page.Locator("[data-forward-link]:visible");
        (await link.GetAttributeAsync("href")).ShouldBe("https://app.example.evil.example/login?token=");
    }

    public static TheoryData<string> Names =>
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "</title><script>alert(1)</script>", "{{constructor.constructor('alert(1)')()}}",
        "javascript:alert(1)", "&lt;script&gt;alert(1)&lt;/script&gt;", "' onmouseover='alert(1)", "<iframe srcdoc='<script>alert(1)</script>'>", "\u202egnp.exe", "<base href=//evil.example>",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_apps_name_is_text_whatever_it_looks_like(string name)
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        await visitor.GoAsync(site.AuthAddress(await site.AskAsync(product: name, deviceName: name)));
        await visitor.SignInAsync("bob");

        (await visitor.SeeAsync("use your account?")).ShouldContain(name.Replace("\u202e", "", StringComparison.Ordinal));
        await visitor.Page.Locator("dl").HoverAsync();

        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_site_can_neither_frame_the_pages_nor_act_through_them()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        await visitor.GoAsync("/account");
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Your account");
        await using var evil = await StartEvilAsync(site);

        // Another port of the same host: cookies go along, so only what the server checks stands in the way.
        await visitor.Page.GotoAsync(evil.Urls.Single());
        await visitor.Page.WaitForFunctionAsync("() => document.title === 'tried'");

        visitor.Page.Frames.Where(frame => frame.ParentFrame is not null).ShouldAllBe(frame => frame.Url.StartsWith("chrome-error:"));
        await visitor.GoAsync("/account");
        (await visitor.SeeAsync("Your account")).ShouldContain("bob");
    }

    private static async Task<WebApplication> StartEvilAsync(PlexSite site)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var page = $$"""
            <!doctype html><iframe src="{{site.Address}}auth"></iframe><iframe src="{{site.Address}}account"></iframe>
            <script>
            (async () => {
              const api = '{{site.Address}}account/api/';
              for (const method of ['DELETE', 'POST']) {
                await fetch(api + 'session', { method, credentials: 'include' }).catch(() => {});
                await fetch(api + 'session', { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'Content-Type': 'text/plain' }, body: '{"login":"alice","password":"alice-password"}' }).catch(() => {});
              }
              await Promise.all([...document.querySelectorAll('iframe')].map(f => new Promise(r => { f.onload = r; f.src = f.src; })));
              document.title = 'tried';
            })();
            </script>
            """;
        app.MapGet("/", () => Results.Content(page, "text/html"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
