using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore.Tests.SignIn;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_callback_link_mailed_by_an_attacker_is_refused()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, ShowFailure);
        using var attackers = new Browser(app.Address);
        using var victims = new Browser(app.Address);
        var attack = await attackers.StartSignInAsync();
        plex[attack.Code].AllowedBy = Person.Dave;

        var answer = await victims.GetAsync(attack.ForwardUrl);

        answer.Body.ShouldStartWith("failed: This sign-in was not started in this browser");
        (await victims.GetAsync("/me")).Status.ShouldBe(HttpStatusCode.Redirect);
        plex.CallsTo($"/pins/{plex[attack.Code].Id}").ShouldBe(0);
    }

    [Fact]
    public async Task A_victim_with_a_sign_in_of_their_own_cannot_be_given_the_attackers_pin()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, ShowFailure);
        using var attackers = new Browser(app.Address);
        using var victims = new Browser(app.Address);
        var attack = await attackers.StartSignInAsync();
        var own = await victims.StartSignInAsync();
        plex[attack.Code].AllowedBy = Person.Dave;

        // The attacker even manages to plant their state cookie under the name the victim's callback looks for.
        var planted = attackers.Cookies.GetAllCookies().Single(cookie => cookie.Name.StartsWith("__PlexState.", StringComparison.Ordinal));
        var name = victims.Cookies.GetAllCookies().Single(cookie => cookie.Name.StartsWith("__PlexState.", StringComparison.Ordinal)).Name;
        victims.Cookies.Add(new Cookie(name, planted.Value, "/signin-plex", app.Address.Host));

        (await victims.GetAsync(own.ForwardUrl)).Body.ShouldStartWith("failed:");
        plex.CallsTo($"/pins/{plex[attack.Code].Id}").ShouldBe(0);
    }

    [Fact]
    public async Task A_state_without_its_correlation_cookie_is_refused()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, ShowFailure);
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();
        plex[signIn.Code].AllowedBy = Person.Alice;
        foreach (var cookie in browser.Cookies.GetAllCookies().Where(cookie => cookie.Name.Contains("Correlation", StringComparison.Ordinal)))
            cookie.Expired = true;

        (await browser.GetAsync(signIn.ForwardUrl)).Body.ShouldContain("correlation cookie is missing");
    }

    [Theory]
    [InlineData("/signin-plex")]
    [InlineData("/signin-plex?state=")]
    [InlineData("/signin-plex?state=a&state=b")]
    [InlineData("/signin-plex?state=%0d%0aSet-Cookie:x")]
    [InlineData("/signin-plex?state=unknown&pin=1001")]
    public async Task A_made_up_callback_is_refused(string path)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, ShowFailure);
        using var browser = new Browser(app.Address);
        await browser.StartSignInAsync();

        (await browser.GetAsync(path)).Body.ShouldStartWith("failed: This sign-in was not started in this browser");
    }

    [Fact]
    public async Task A_callback_works_once()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, ShowFailure);
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();
        plex[signIn.Code].AllowedBy = Person.Alice;
        await browser.GetAsync(signIn.ForwardUrl);

        browser.Cookies.GetAllCookies().Select(cookie => cookie.Name).ShouldBe([".AspNetCore.Cookies"], "what the sign-in needed is gone");
        (await browser.GetAsync(signIn.ForwardUrl)).Body.ShouldStartWith("failed:");
    }

    [Fact]
    public async Task Whoever_says_no_is_taken_to_the_page_for_it()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, options => options.AccessDeniedPath = "/denied");
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();
        plex[signIn.Code].State = AccountStub.PinState.Denied;

        (await browser.GetAsync(signIn.ForwardUrl)).Location.ShouldBe(new Uri(app.Address, "/denied?ReturnUrl=%2Fme%3Fback%3D1").AbsoluteUri);
    }

    [Fact]
    public async Task Without_such_a_page_the_failure_says_that_it_was_denied()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, ShowFailure);
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();
        plex[signIn.Code].State = AccountStub.PinState.Denied;

        (await browser.GetAsync(signIn.ForwardUrl)).Body.ShouldBe("failed: The sign-in was denied at Plex.");
    }

    [Fact]
    public async Task Coming_back_without_an_answer_counts_as_no()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, ShowFailure);
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();

        (await browser.GetAsync(signIn.ForwardUrl)).Body.ShouldStartWith("failed: The sign-in was not confirmed at Plex.");
    }

    [Fact]
    public async Task A_pin_that_ran_out_is_told_apart_from_a_denied_one()
    {
        var clock = new TestClock();
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, options =>
        {
            ShowFailure(options);
            options.TimeProvider = clock;
        });
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();
        plex[signIn.Code].State = AccountStub.PinState.Denied;
        clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(3));

        (await browser.GetAsync(signIn.ForwardUrl)).Body.ShouldStartWith("failed: The PIN is over");
    }

    [Fact]
    public async Task An_account_service_that_fails_on_the_way_back_is_a_failure_with_words()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, ShowFailure);
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();
        plex.Outage = 400;

        (await browser.GetAsync(signIn.ForwardUrl)).Body.ShouldStartWith("failed: Plex refused the PIN check");
    }

    [Fact]
    public async Task An_account_service_that_cannot_make_a_pin_reaches_the_same_hook()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, ShowFailure);
        using var browser = new Browser(app.Address);
        plex.Outage = 400;

        (await browser.GetAsync("/signin")).Body.ShouldStartWith("failed: Plex refused the PIN creation");
    }

    [Fact]
    public async Task The_application_may_turn_people_away_with_a_reason()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, options =>
        {
            ShowFailure(options);
            options.Events.OnCreatingTicket = context =>
            {
                if (context.Account.Username == "dave")
                    context.Fail("Not you, Dave.");
                return Task.CompletedTask;
            };
        });
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();
        plex[signIn.Code].AllowedBy = Person.Dave;

        (await browser.GetAsync(signIn.ForwardUrl)).Body.ShouldBe("failed: Not you, Dave.");
    }

    private static void ShowFailure(PlexOptions options) => options.Events.OnRemoteFailure = context =>
    {
        context.HandleResponse();
        return context.Response.WriteAsync($"failed: {context.Failure!.Message}");
    };
}
