using Microsoft.Playwright;

namespace PlexAuth.Browser.Tests;

/// <summary>Each step of each page, at two widths, light and dark, has no violation that axe finds serious or critical, and does not scroll sideways.</summary>
public sealed class AccessibilityTests(Chromium chromium)
{
    private static readonly string Axe = Path.Combine(FindFolder(), "node_modules", "axe-core", "axe.min.js");

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(320, ColorScheme.Light)]
    [InlineData(375, ColorScheme.Dark)]
    public async Task Every_step_can_be_used_by_everybody(int width, ColorScheme colors)
    {
        Assert.SkipUnless(File.Exists(Axe), "Run `npm ci` in tests/PlexAuth.Browser.Tests first.");
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site, "198.51.100.7", new() { ViewportSize = new() { Width = width, Height = 720 }, ColorScheme = colors });
        await visitor.GoAsync(site.AuthAddress(await site.AskAsync(), "https://elsewhere.example/"));
        await CheckAsync(visitor, "Sign in");
        await visitor.SignInAsync("alice");
        await CheckAsync(visitor, "Let Overseerr use your account?");
        await visitor.ClickAsync("Allow");
        await CheckAsync(visitor, "Overseerr is signed in");
        await visitor.ClickAsync("Sign it out again");
        await CheckAsync(visitor, "Overseerr is signed out again");
        await visitor.GoAsync(site.AuthAddress(await site.AskAsync()));
        await visitor.SeeAsync("Let Overseerr use your account?");
        await visitor.ClickAsync("Allow");
        await visitor.SeeAsync("Overseerr is signed in");
        await visitor.GoAsync(site.AuthAddress(new AskedPin(1, "aaaaaaaaaaaaaaaaaaaaaaaaa")));
        await CheckAsync(visitor, "This request is not valid any more");
        await visitor.GoAsync("/auth");
        await CheckAsync(visitor, "This link is incomplete");
        await visitor.GoAsync("/link");
        await CheckAsync(visitor, "Link a device");
        await visitor.GoAsync("/account");
        await CheckAsync(visitor, "Your account");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Chrome (Overseerr)" }).ClickAsync();
        await CheckAsync(visitor, "Remove Chrome (Overseerr)?");
        await visitor.ClickAsync("Keep");
        await visitor.Page.Locator("#begin-password").FillAsync("alice-password");
        await visitor.ClickAsync("Turn on");
        await visitor.Page.Locator("#confirm-code").WaitForAsync();
        await CheckAsync(visitor, "Your account");
        await visitor.GoAsync("/account/home");
        await CheckAsync(visitor, "Your Home");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "PIN of erin" }).ClickAsync();
        await CheckAsync(visitor, "PIN of erin");
        await visitor.ClickAsync("Cancel");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Switch to erin" }).ClickAsync();
        await CheckAsync(visitor, "Switch to erin?");
        await visitor.ClickAsync("Cancel");
        await visitor.GoAsync("/account/accounts");
        await CheckAsync(visitor, "Accounts");
        await visitor.ClickAsync("Sign out");
        await CheckAsync(visitor, "Sign in");
        await visitor.SignInAsync("carol");
        await visitor.Page.Locator("#verification").WaitForAsync();
        await CheckAsync(visitor, "Sign in");
    }

    private static async Task CheckAsync(Visitor visitor, string heading)
    {
        await visitor.SeeAsync(heading);
        var session = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        var tree = await session.SendAsync("Page.getFrameTree");
        var frame = tree!.Value.GetProperty("frameTree").GetProperty("frame").GetProperty("id").GetString()!;

        // A world of its own, as the page's policy rightly keeps strange scripts out.
        var world = await session.SendAsync("Page.createIsolatedWorld", new() { ["frameId"] = frame, ["worldName"] = "axe" });
        var context = world!.Value.GetProperty("executionContextId").GetInt32();
        await session.SendAsync("Runtime.evaluate", new() { ["expression"] = await File.ReadAllTextAsync(Axe, TestContext.Current.CancellationToken), ["contextId"] = context });
        var violations = await session.SendAsync("Runtime.evaluate", new()
        {
            ["expression"] = "axe.run().then(r => r.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => `${v.id}: ${v.nodes.map(n => n.target)}`).join('; '))",
            ["contextId"] = context,
            ["awaitPromise"] = true,
        });
        violations!.Value.GetProperty("result").GetProperty("value").GetString().ShouldBe("", heading);
        (await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue(heading);
    }

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PlexAuth.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Run these tests from within the repository: axe-core is in tests/PlexAuth.Browser.Tests.");
        return Path.Combine(folder.FullName, "tests", "PlexAuth.Browser.Tests");
    }
}
