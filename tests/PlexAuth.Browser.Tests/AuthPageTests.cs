using Microsoft.Playwright;

namespace PlexAuth.Browser.Tests;

public sealed class AuthPageTests(Chromium chromium)
{
    [Fact]
    public async Task Nothing_is_allowed_but_by_a_click()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var pin = await site.AskAsync();

        await visitor.GoAsync(site.AuthAddress(pin));
        await visitor.SignInAsync("bob");
        var asked = await visitor.SeeAsync("Let Overseerr use your account?");
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        asked.ShouldContain("bob@example.com");
        asked.ShouldContain("Chrome (Overseerr)");
        asked.ShouldContain("Your network (203.0.113.0/24)");
        asked.ShouldNotContain("another network than yours");
        (await site.PollAsync(pin)).ShouldBeNull();
        await visitor.ClickAsync("Allow");
        await visitor.SeeAsync("Overseerr is signed in");
        (await site.WhoIsAsync(await site.PollAsync(pin))).ShouldBe("bob");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_allowed_by_mistake_is_taken_back_with_one_click()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var pin = await site.AskAsync();
        await visitor.GoAsync(site.AuthAddress(pin));
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Let Overseerr use your account?");
        await visitor.ClickAsync("Allow");
        await visitor.SeeAsync("Overseerr is signed in");
        var token = await site.PollAsync(pin);
        (await site.WhoIsAsync(token)).ShouldBe("bob");

        await visitor.ClickAsync("Sign it out again");

        await visitor.SeeAsync("Overseerr is signed out again");
        await Should.ThrowAsync<HttpRequestException>(() => site.WhoIsAsync(token));
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Enter_neither_allows_nor_denies()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var pin = await site.AskAsync();
        await visitor.GoAsync(site.AuthAddress(pin));
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Let Overseerr use your account?");

        for (var i = 0; i < 3; i++)
            await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        (await site.PollAsync(pin)).ShouldBeNull();
    }

    [Fact]
    public async Task The_second_factor_is_asked_for_and_the_old_password_field_is_out_of_the_way()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        await visitor.GoAsync(site.AuthAddress(await site.AskAsync()));

        await visitor.SignInAsync("carol", "000000");

        await visitor.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "That code is not right" }).WaitForAsync();
        (await visitor.Page.Locator("#password").IsVisibleAsync()).ShouldBeFalse();
        (await visitor.Page.Locator("#verification").GetAttributeAsync("autocomplete")).ShouldBe("one-time-code");
        (await visitor.Page.Locator("#password").GetAttributeAsync("autocomplete")).ShouldBe("current-password");
    }

    [Fact]
    public async Task A_request_from_another_network_comes_with_a_warning()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var pin = await site.AskAsync(address: "198.51.100.7");

        await visitor.GoAsync(site.AuthAddress(pin));
        await visitor.SignInAsync("bob");

        (await visitor.SeeAsync("Let Overseerr use your account?")).ShouldContain("This request came from another network than yours");
    }

    [Fact]
    public async Task What_was_denied_cannot_be_allowed_by_going_back()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var pin = await site.AskAsync();
        await visitor.GoAsync(site.AuthAddress(pin));
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Let Overseerr use your account?");
        var (deny, allow) = (visitor.Page.Locator("[data-deny]"), visitor.Page.Locator("[data-allow]"));
        (await StyleAsync(deny)).ShouldBe(await StyleAsync(allow));

        await visitor.ClickAsync("Deny");
        await visitor.SeeAsync("Request denied");

        (await site.PollAsync(pin)).ShouldBe("gone");
        await visitor.GoAsync(site.AuthAddress(pin));
        await visitor.SeeAsync("This request is not valid any more");
    }

    [Fact]
    public async Task A_code_that_expired_while_somebody_thought_about_it_is_said_to_be_gone()
    {
        var time = new MovedTime();
        await using var site = await PlexSite.StartAsync(time);
        await using var visitor = await chromium.VisitAsync(site);
        await visitor.GoAsync(site.AuthAddress(await site.AskAsync()));
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Let Overseerr use your account?");

        time.Advance(TimeSpan.FromMinutes(31));
        await visitor.ClickAsync("Allow");

        await visitor.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "That code is not known, or no longer" }).WaitForAsync();
    }

    [Fact]
    public async Task The_owner_gives_the_password_again_when_the_session_is_old()
    {
        var time = new MovedTime();
        await using var site = await PlexSite.StartAsync(time);
        await using var visitor = await chromium.VisitAsync(site);
        await visitor.GoAsync("/account");
        await visitor.SignInAsync("alice");
        await visitor.SeeAsync("Your account");
        time.Advance(TimeSpan.FromMinutes(20));
        var pin = await site.AskAsync();
        await visitor.GoAsync(site.AuthAddress(pin));
        await visitor.SeeAsync("Let Overseerr use your account?");

        await visitor.ClickAsync("Allow");
        await visitor.SeeAsync("Confirm that it is you");
        await visitor.SignInAsync("alice");
        await visitor.SeeAsync("Let Overseerr use your account?");
        (await site.PollAsync(pin)).ShouldBeNull();
        await visitor.ClickAsync("Allow");

        await visitor.SeeAsync("Overseerr is signed in");
    }

    private static Task<string> StyleAsync(ILocator button) => button.EvaluateAsync<string>(
        "b => { const s = getComputedStyle(b), r = b.getBoundingClientRect(); return [s.color, s.backgroundColor, s.fontSize, s.fontWeight, s.border, r.height, Math.round(r.width)].join() }");
}
