using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.AspNetCore.Tests.SignIn;

/// <summary>The same flows against this project's own server instead of the stub.</summary>
public sealed class RealServerTests
{
    private const string Alice = "alice-dev-token-0001";
    private const string Bob = "bob-dev-token-000001";

    [Fact]
    public async Task Two_people_sign_in_to_a_web_application_each_as_themselves()
    {
        await using var plex = await RealServer.StartAsync();
        await using var app = await StartAsync(plex);
        using var alices = new Browser(app.Address);
        using var bobs = new Browser(app.Address);

        var alice = await alices.StartSignInAsync();
        var bob = await bobs.StartSignInAsync();
        await plex.AllowAsync(bob.Code, Bob);
        await plex.AllowAsync(alice.Code, Alice);

        (await alices.GetAsync(alice.ForwardUrl)).Location.ShouldBe("/me?back=1");
        (await bobs.GetAsync(bob.ForwardUrl)).Location.ShouldBe("/me?back=1");
        (await alices.GetAsync("/me")).Body.ShouldContain("preferred_username=alice");
        (await bobs.GetAsync("/me")).Body.ShouldContain("preferred_username=bob");
    }

    [Fact]
    public async Task Signing_the_device_out_ends_the_applications_token()
    {
        await using var plex = await RealServer.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();
        await plex.AllowAsync(signIn.Code, Alice);
        await browser.GetAsync(signIn.ForwardUrl);
        var token = new PlexToken((await browser.GetAsync("/token")).Body);

        using var client = plex.Client("my-app-7f3c", PlexCredential.FromToken(token));
        (await client.Authentication.VerifyAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(PlexTokenStatus.Valid);
        await client.Authentication.SignOutAsync(cancellationToken: TestContext.Current.CancellationToken);
        var again = new PlexCallOptions { Token = token };
        (await client.Authentication.VerifyAsync(again, TestContext.Current.CancellationToken)).ShouldBe(PlexTokenStatus.Invalid);
    }

    [Fact]
    public async Task A_mailed_callback_link_is_refused()
    {
        await using var plex = await RealServer.StartAsync();
        await using var app = await StartAsync(plex);
        using var attackers = new Browser(app.Address);
        using var victims = new Browser(app.Address);
        var attack = await attackers.StartSignInAsync();
        await plex.AllowAsync(attack.Code, Bob);

        (await victims.GetAsync(attack.ForwardUrl)).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await victims.GetAsync("/me")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_console_app_waits_while_somebody_types_its_code()
    {
        await using var plex = await RealServer.StartAsync();
        using var console = plex.Client("a-console");

        var signIn = await console.Pins.StartSignInAsync(cancellationToken: TestContext.Current.CancellationToken);
        signIn.Code.Length.ShouldBe(4);
        signIn.LinkAddress.ShouldBe(plex.AccountUrl.GetLeftPart(UriPartial.Authority) + "/link");
        await plex.AllowAsync(signIn.Code.ToLowerInvariant(), Alice);
        var me = await signIn.WaitAsync(TestContext.Current.CancellationToken);

        me.Username.ShouldBe("alice");
        me.AuthToken.ShouldNotBe(new PlexToken(Alice));
        (await console.Authentication.VerifyAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBe(PlexTokenStatus.Valid);
    }

    [Fact]
    public async Task Calls_with_a_token_are_checked_by_the_server()
    {
        await using var plex = await RealServer.StartAsync();
        await using var app = await App.StartAsync(
            authentication => authentication.AddPlexToken(options =>
            {
                options.ClientIdentifier = "my-app-7f3c";
                options.AccountUrl = plex.AccountUrl;
            }),
            map: web => web.MapGet("/api", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes("PlexToken").RequireAuthenticatedUser()));
        using var client = new Browser(app.Address);

        (await client.GetAsync("/api", (PlexHeaders.Token, Alice))).Status.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/api", (PlexHeaders.Token, "heidi-dev-token-0001"))).Status.ShouldBe(HttpStatusCode.Unauthorized, "her account is disabled");
    }

    [Theory]
    [InlineData(Alice, "server home owner")]
    [InlineData("frank-dev-token-0001", "server home")]
    [InlineData(Bob, "server")]
    [InlineData("dave-dev-token-00001", "")]
    public async Task Each_person_gets_in_where_the_servers_list_says(string token, string open)
    {
        await using var plex = await RealServer.StartAsync();
        await using var app = await App.StartAsync(
            authentication => authentication.AddPlexToken(options =>
            {
                options.ClientIdentifier = "my-app-7f3c";
                options.AccountUrl = plex.AccountUrl;
            }),
            services => services.AddPlexAccess(options => options.MachineIdentifier = Person.LivingRoom),
            web =>
            {
                web.MapGet("/server", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes("PlexToken").RequirePlexServerAccess());
                web.MapGet("/home", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes("PlexToken").RequirePlexHome());
                web.MapGet("/owner", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes("PlexToken").RequirePlexOwner());
            });
        using var client = new Browser(app.Address);

        var entered = new List<string>();
        foreach (var door in (string[])["server", "home", "owner"])
        {
            if ((await client.GetAsync($"/{door}", (PlexHeaders.Token, token))).Status == HttpStatusCode.OK)
                entered.Add(door);
        }

        string.Join(' ', entered).ShouldBe(open);
    }

    private static Task<App> StartAsync(RealServer plex) => App.StartAsync(authentication => authentication.AddPlex(options =>
    {
        options.Product = "My App";
        options.ClientIdentifier = "my-app-7f3c";
        options.AccountUrl = plex.AccountUrl;
    }));
}
