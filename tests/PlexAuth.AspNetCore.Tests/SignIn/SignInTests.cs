using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.AspNetCore.Tests.SignIn;

public sealed class SignInTests
{
    [Fact]
    public async Task A_person_signs_in_and_comes_back_to_the_page_asked_for()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex);
        using var browser = new Browser(app.Address);

        var signIn = await browser.StartSignInAsync();
        signIn.Address.ShouldStartWith(plex.AccountUrl.GetLeftPart(UriPartial.Authority) + "/auth#?clientID=my-app-7f3c&");
        signIn.Field("context[device][product]").ShouldBe("My App");
        plex[signIn.Code].AllowedBy = Person.Alice;

        var back = await browser.GetAsync(signIn.ForwardUrl);
        back.Status.ShouldBe(HttpStatusCode.Redirect);
        back.Location.ShouldBe("/me?back=1");

        var me = await browser.GetAsync("/me");
        me.Body.Split('\n').ShouldBe(
        [
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier=a11ce00000000001",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name=Alice",
            "preferred_username=alice",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress=alice@example.com",
            "email_verified=true",
            "picture=https://plex.tv/users/a11ce00000000001/avatar?c=1",
            "urn:plex:id=1",
            "urn:plex:home=true",
            "urn:plex:home_admin=true",
            "urn:plex:restricted=false",
            "urn:plex:guest=false",
            "urn:plex:subscription=active",
        ]);
    }

    [Fact]
    public async Task The_pin_is_asked_for_in_the_name_of_the_applications_origin()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex);
        using var browser = new Browser(app.Address);

        var signIn = await browser.StartSignInAsync();

        plex[signIn.Code].Origin.ShouldBe(app.Address.GetLeftPart(UriPartial.Authority));
        new Uri(signIn.ForwardUrl).AbsolutePath.ShouldBe("/signin-plex");
    }

    [Fact]
    public async Task Behind_a_reverse_proxy_the_way_back_is_the_public_one()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, map: web =>
        {
            web.UseForwardedHeaders(new() { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All });
            web.UsePathBase("/films");
            web.UseRouting();
            web.UseAuthentication();
            web.UseAuthorization();
            App.Map(web);
        });
        using var browser = new Browser(app.Address);

        var start = await browser.GetAsync("/films/signin", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "home.example"));
        var signIn = new Browser.SignInPage(start.Location);

        signIn.ForwardUrl.ShouldStartWith("https://home.example/films/signin-plex?state=");
        plex[signIn.Code].Origin.ShouldBe("https://home.example");
        var cookies = start.Headers["Set-Cookie"];
        cookies.ShouldContain("path=/films/signin-plex; secure; samesite=lax; httponly");
        cookies.ShouldNotContain("samesite=none");
    }

    [Fact]
    public async Task Two_people_signing_in_at_the_same_time_each_get_their_own_account()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex);
        using var alices = new Browser(app.Address);
        using var bobs = new Browser(app.Address);

        var alice = await alices.StartSignInAsync();
        var bob = await bobs.StartSignInAsync();
        plex[bob.Code].AllowedBy = Person.Bob;
        plex[alice.Code].AllowedBy = Person.Alice;
        await Task.WhenAll(bobs.GetAsync(bob.ForwardUrl), alices.GetAsync(alice.ForwardUrl));

        (await alices.GetAsync("/me")).Body.ShouldContain("name=Alice");
        (await alices.GetAsync("/token")).Body.ShouldBe(Person.Alice.Token);
        (await bobs.GetAsync("/me")).Body.ShouldContain("name=Bob");
        (await bobs.GetAsync("/token")).Body.ShouldBe(Person.Bob.Token);
    }

    [Fact]
    public async Task Two_tabs_of_one_browser_do_not_disturb_each_other()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex);
        using var browser = new Browser(app.Address);

        var first = await browser.StartSignInAsync();
        var second = await browser.StartSignInAsync();
        plex[first.Code].AllowedBy = Person.Alice;

        (await browser.GetAsync(first.ForwardUrl)).Status.ShouldBe(HttpStatusCode.Redirect);
        plex[second.Code].AllowedBy = Person.Alice;
        (await browser.GetAsync(second.ForwardUrl)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_confirmation_that_the_browser_overtakes_is_waited_for()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, options =>
        {
            options.ConfirmationTimeout = TimeSpan.FromSeconds(5);
            options.TimeProvider = new TestClock();
        });
        using var browser = new Browser(app.Address);

        var signIn = await browser.StartSignInAsync();
        plex.OnCall = call =>
        {
            if (plex.CallsTo($"/pins/{plex[signIn.Code].Id}") > 3)
                plex[signIn.Code].AllowedBy = Person.Alice;
            return Task.CompletedTask;
        };

        (await browser.GetAsync(signIn.ForwardUrl)).Location.ShouldBe("/me?back=1");
    }

    [Fact]
    public async Task A_page_with_a_long_address_is_come_back_to()
    {
        var page = "/films?filter=" + new string('a', 6000);
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, map: web =>
        {
            App.Map(web);
            web.MapGet("/long", () => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = page }, [PlexDefaults.AuthenticationScheme]));
        });
        using var browser = new Browser(app.Address);

        var signIn = await browser.StartSignInAsync("/long");
        plex[signIn.Code].AllowedBy = Person.Alice;

        (await browser.GetAsync(signIn.ForwardUrl)).Location.ShouldBe(page);
        browser.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Name.StartsWith("__PlexState.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", null, true)]
    [InlineData("HEAD", null, true)]
    [InlineData("POST", null, true)]
    [InlineData("GET", "Sec-Fetch-Mode: navigate", true)]
    [InlineData("POST", "Sec-Fetch-Mode: navigate", true)]
    [InlineData("GET", "Sec-Fetch-Mode: cors", false)]
    [InlineData("GET", "Sec-Fetch-Mode: no-cors", false)]
    [InlineData("POST", "Sec-Fetch-Mode: same-origin", false)]
    [InlineData("GET", "X-Requested-With: XMLHttpRequest", false)]
    [InlineData("PUT", null, false)]
    public async Task Only_a_page_that_the_browser_goes_to_starts_a_sign_in_by_itself(string method, string? header, bool starts)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(
            plex,
            services: services => services.AddAuthentication(options => options.DefaultChallengeScheme = PlexDefaults.AuthenticationScheme),
            map: web => web.Map("/films", () => "films").RequireAuthorization());
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/films");
        if (header?.Split(": ") is [var name, var value])
            request.Headers.Add(name, value);
        if (method == "POST")
            request.Content = new FormUrlEncodedContent([new("title", "M")]);

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(starts ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized);
        plex.CallsTo("/pins").ShouldBe(starts ? 1 : 0);
    }

    [Fact]
    public async Task A_script_can_have_a_sign_in_that_the_application_starts_for_it()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex);
        using var browser = new Browser(app.Address, ("Sec-Fetch-Mode", "cors"));

        await browser.StartSignInAsync();

        plex.CallsTo("/pins").ShouldBe(1);
    }

    [Fact]
    public async Task The_token_is_not_kept_if_the_application_does_not_want_it()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, options => options.SaveTokens = false);
        using var browser = new Browser(app.Address);

        await browser.SignInAsync(plex, Person.Alice);

        (await browser.GetAsync("/token")).Body.ShouldBe("none");
    }
}
