using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.AspNetCore.Tests.SignIn;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("", "my-app-7f3c", "PlexOptions.Product")]
    [InlineData("My App", "", "PlexOptions.ClientIdentifier")]
    [InlineData("My App", "räum", "client identifier")]
    public async Task What_is_missing_is_named_when_the_application_starts(string product, string clientIdentifier, string named)
    {
        await using var plex = await AccountStub.StartAsync();

        var failure = await Should.ThrowAsync<Exception>(App.StartAsync(plex, options =>
        {
            options.Product = product;
            options.ClientIdentifier = clientIdentifier;
        }));

        failure.Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("api/v2")]
    [InlineData("ftp://plex.tv/api/v2")]
    [InlineData("https://me@plex.tv/api/v2")]
    [InlineData("https://plex.tv/api/v2?token=1")]
    public async Task An_address_that_is_none_is_named_when_the_application_starts(string address)
    {
        await using var plex = await AccountStub.StartAsync();
        var url = new Uri(address, UriKind.RelativeOrAbsolute);

        var service = await Should.ThrowAsync<Exception>(App.StartAsync(plex, options => options.AccountUrl = url));
        var page = await Should.ThrowAsync<Exception>(App.StartAsync(plex, options => options.AuthPageUrl = url));

        service.Message.ShouldContain("PlexOptions.AccountUrl");
        page.Message.ShouldContain("PlexOptions.AuthPageUrl");
    }

    [Fact]
    public async Task Each_of_the_four_overloads_registers_the_scheme()
    {
        var services = new ServiceCollection();
        services.AddAuthentication().AddPlex().AddPlex("Second", _ => { }).AddPlex("Third", "Friends of Plex", _ => { });
        await using var provider = services.BuildServiceProvider();
        var schemes = provider.GetRequiredService<IAuthenticationSchemeProvider>();

        (await schemes.GetSchemeAsync("Plex"))!.DisplayName.ShouldBe("Plex");
        (await schemes.GetSchemeAsync("Second"))!.DisplayName.ShouldBe("Plex");
        (await schemes.GetSchemeAsync("Third"))!.DisplayName.ShouldBe("Friends of Plex");
    }

    [Fact]
    public async Task Claims_can_be_added_and_removed()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, options =>
        {
            options.ClaimActions.Remove(ClaimTypes.Email);
            options.ClaimActions.Map(ClaimTypes.Country, account => account.Country);
            options.ClaimActions.MapAll(ClaimTypes.Role, ClaimValueTypes.String, account => account.Home ? ["home", "friend"] : []);
        });
        using var browser = new Browser(app.Address);

        await browser.SignInAsync(plex, Person.Alice);

        var claims = (await browser.GetAsync("/me")).Body;
        claims.ShouldNotContain("alice@example.com");
        claims.ShouldContain("/country=NL");
        claims.ShouldContain("/role=home");
        claims.ShouldContain("/role=friend");
    }

    [Fact]
    public async Task The_application_may_say_what_the_person_sees_as_device()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, options => options.Events.OnCreatingPin = context =>
        {
            context.Identity = context.Identity with { DeviceName = "Firefox" };
            Should.Throw<ArgumentException>(() => context.Identity = new PlexClientIdentity("another"));
            return Task.CompletedTask;
        });
        using var browser = new Browser(app.Address);

        var signIn = await browser.StartSignInAsync();

        plex[signIn.Code].DeviceName.ShouldBe("Firefox");
        signIn.Field("context[device][deviceName]").ShouldBe("Firefox");
    }

    [Fact]
    public async Task Several_schemes_stand_side_by_side()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var other = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(authentication =>
        {
            authentication.AddPlex(options => Configure(options, plex));
            authentication.AddPlex("Other", "Our own", options =>
            {
                Configure(options, other);
                options.CallbackPath = "/signin-other";
            });
        });
        using var browser = new Browser(app.Address);

        var first = await browser.StartSignInAsync();
        var second = await browser.StartSignInAsync("/signin?scheme=Other");
        other[second.Code].AllowedBy = Person.Bob;
        plex[first.Code].AllowedBy = Person.Alice;

        await browser.GetAsync(second.ForwardUrl);
        (await browser.GetAsync("/me")).Body.ShouldContain("name=Bob");
        await browser.GetAsync(first.ForwardUrl);
        (await browser.GetAsync("/me")).Body.ShouldContain("name=Alice");
    }

    private static void Configure(PlexOptions options, AccountStub plex)
    {
        options.Product = "My App";
        options.ClientIdentifier = "my-app-7f3c";
        options.AccountUrl = plex.AccountUrl;
    }
}
