using Microsoft.Playwright;

namespace PlexAuth.Browser.Tests;

public sealed class LinkPageTests(Chromium chromium)
{
    [Fact]
    public async Task Typing_the_code_signs_in_the_console_client_that_waits()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site, "127.0.0.1");
        using var client = new PlexClient(new PlexClientOptions { Identity = new PlexClientIdentity("console-1", "My console app"), AccountUrl = new Uri(site.Address, "api/v2") });
        var pin = await client.Pins.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        var waiting = (await client.Pins.ResumeSignInAsync(pin.Id, cancellationToken: TestContext.Current.CancellationToken)).WaitAsync(TestContext.Current.CancellationToken);

        await visitor.GoAsync("/link");
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Link a device");
        await visitor.Page.Locator("#code").FillAsync($" {pin.Code[..2].ToLowerInvariant()}-{pin.Code[2..]} ");
        await visitor.ClickAsync("Continue");
        await visitor.SeeAsync("Let My console app use your account?");
        await visitor.ClickAsync("Allow");

        (await waiting).Username.ShouldBe("bob");
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_code_in_the_address_fills_the_field_and_does_nothing_more()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        var pin = await site.AskAsync(strong: false);
        var calls = new List<string>();
        visitor.Page.Request += (_, request) => calls.Add(request.Url);

        await visitor.GoAsync($"/link/?pin={pin.Code}");
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Link a device");
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        (await visitor.Page.Locator("#code").InputValueAsync()).ShouldBe(pin.Code);
        calls.ShouldNotContain(url => url.Contains("/api/pins/", StringComparison.Ordinal));
        (await site.PollAsync(pin)).ShouldBeNull();
    }

    [Fact]
    public async Task A_wrong_code_is_said_to_be_wrong_beside_the_field()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        await visitor.GoAsync("/link");
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Link a device");

        await visitor.Page.Locator("#code").FillAsync("zzzz");
        await visitor.Page.Locator("#code").PressAsync("Enter");

        await visitor.Page.Locator("#code-error:has-text('That code is not known')").WaitForAsync();
        (await visitor.Page.Locator("#code").GetAttributeAsync("aria-invalid")).ShouldBe("true");
    }
}
