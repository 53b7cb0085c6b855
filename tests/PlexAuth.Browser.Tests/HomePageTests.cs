using Microsoft.Playwright;

namespace PlexAuth.Browser.Tests;

public sealed class HomePageTests(Chromium chromium)
{
    [Fact]
    public async Task A_child_is_added_gets_a_PIN_is_switched_to_and_removed_by_keyboard_alone()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var page = visitor.Page;
        await OpenAsync(visitor);

        await page.Locator("#new-user-name").FillAsync("<b>Zoé</b>");
        await page.Locator("#new-user-name").PressAsync("Enter");
        await DoneAsync(page, "<b>Zoé</b> was added.");
        await PressAsync(page, "PIN of <b>Zoé</b>");
        await page.Keyboard.TypeAsync("2468");
        await page.Keyboard.PressAsync("Enter");
        await DoneAsync(page, "<b>Zoé</b> has a new PIN.");

        await PressAsync(page, "Switch to <b>Zoé</b>");
        await page.Keyboard.TypeAsync("1111");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-home-error]:has-text('That is not the PIN')").WaitForAsync();
        await PressAsync(page, "Switch to <b>Zoé</b>");
        await page.Keyboard.TypeAsync("2468");
        await page.Keyboard.PressAsync("Enter");
        (await visitor.SeeAsync("Your account")).ShouldContain("<b>Zoé</b>");

        await visitor.ClickAsync("Sign out");
        await visitor.SeeAsync("Sign in");
        await OpenAsync(visitor);
        await PressAsync(page, "PIN of <b>Zoé</b>");
        await page.Keyboard.PressAsync("Escape");
        await PressAsync(page, "Remove <b>Zoé</b>");
        await visitor.ClickAsync("Remove");
        await DoneAsync(page, "<b>Zoé</b> was removed.");
        (await page.Locator("[data-members] li").CountAsync()).ShouldBe(3);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_outcome_is_told_when_the_list_shows_it_and_not_before()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var page = visitor.Page;
        await OpenAsync(visitor);
        var told = new List<string>();
        await page.RouteAsync("**/account/api/home", async route =>
        {
            told.Add(await page.Locator("[data-home-done]").TextContentAsync() ?? "");
            await route.ContinueAsync();
        });

        await page.Locator("#new-user-name").FillAsync("Zoé");
        await page.Locator("#new-user-name").PressAsync("Enter");
        await DoneAsync(page, "Zoé was added.");

        told.ShouldBe([""]);
        (await page.GetByRole(AriaRole.Button, new() { Name = "PIN of Zoé", Exact = true }).CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_member_changes_the_PIN_and_is_offered_nothing_that_only_the_admin_may()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var page = visitor.Page;
        await visitor.GoAsync("/account");
        await visitor.SignInAsync("frank");
        await visitor.SeeAsync("Your account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Your Home" }).ClickAsync();
        await visitor.SeeAsync("Your Home");
        (await page.Locator("[data-members] button").EvaluateAllAsync<string[]>("buttons => buttons.map(button => button.getAttribute('aria-label'))"))
            .ShouldBe(["Switch to erin", "PIN of frank", "Leave frank"]);
        (await page.Locator("[data-new-user]").IsVisibleAsync()).ShouldBeFalse();

        await PressAsync(page, "PIN of frank");
        await page.Locator("#current-pin").FillAsync("4321");
        await visitor.ClickAsync("Take the PIN away");
        await DoneAsync(page, "frank has no PIN any more.");
        visitor.Complaints.ShouldBeEmpty();
    }

    private static async Task OpenAsync(Visitor visitor)
    {
        await visitor.GoAsync("/account/home");
        await visitor.SignInAsync("alice");
        await visitor.SeeAsync("Your Home");
    }

    private static async Task PressAsync(IPage page, string label)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = label, Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("dialog[open]").WaitForAsync();
    }

    private static Task DoneAsync(IPage page, string text) => page.Locator("[data-home-done]", new() { HasText = text }).WaitForAsync();
}
