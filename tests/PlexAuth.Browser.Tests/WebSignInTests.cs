namespace PlexAuth.Browser.Tests;

public sealed class WebSignInTests(Chromium chromium)
{
    [Fact]
    public async Task A_web_app_sends_people_to_the_page_and_gets_them_back_signed_in()
    {
        await using var site = await PlexSite.StartAsync();
        await using var app = await WebApp.StartAsync(site);
        await using var visitor = await chromium.VisitAsync(site);

        await SignInAsync(visitor, app, "alice");

        (await visitor.Page.Locator("body").InnerTextAsync()).ShouldBe("Hello alice");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_phone_one_window_goes_there_and_back_to_the_page_that_was_asked_for()
    {
        await using var site = await PlexSite.StartAsync();
        await using var app = await WebApp.StartAsync(site);
        await using var visitor = await chromium.VisitAsync(site, options: new() { ViewportSize = new() { Width = 390, Height = 664 }, IsMobile = true, HasTouch = true });
        var windows = 0;
        visitor.Page.Context.Page += (_, _) => windows++;

        await visitor.GoAsync(new Uri(app.Address, "films/7?from=mail").AbsoluteUri);
        await visitor.SignInAsync("alice");
        await visitor.SeeAsync("Let Film club use your account?");
        await visitor.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Allow", Exact = true }).TapAsync();

        await visitor.Page.WaitForURLAsync(new Uri(app.Address, "films/7?from=mail").AbsoluteUri);
        (await visitor.Page.Locator("body").InnerTextAsync()).ShouldBe("Film 7 for alice");
        windows.ShouldBe(0);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_who_sign_in_at_the_same_time_each_get_their_own_account()
    {
        await using var site = await PlexSite.StartAsync();
        await using var app = await WebApp.StartAsync(site);
        await using var first = await chromium.VisitAsync(site);
        await using var second = await chromium.VisitAsync(site, "198.51.100.7");

        await Task.WhenAll(SignInAsync(first, app, "alice"), SignInAsync(second, app, "bob"));

        (await first.Page.Locator("body").InnerTextAsync()).ShouldBe("Hello alice");
        (await second.Page.Locator("body").InnerTextAsync()).ShouldBe("Hello bob");
    }

    private static async Task SignInAsync(Visitor visitor, WebApp app, string name)
    {
        await visitor.GoAsync(new Uri(app.Address, "sign-in").AbsoluteUri);
        await visitor.SignInAsync(name);
        (await visitor.SeeAsync("Let Film club use your account?")).ShouldContain(name);
        await visitor.ClickAsync("Allow");
        await visitor.Page.WaitForURLAsync(new Uri(app.Address, "?back").AbsoluteUri);
    }
}
