using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.AspNetCore.Tests.Access;

public sealed class ForwardAuthTests
{
    private const string Page = "https://films.example.com/list?a=1&b=2";

    [Fact]
    public async Task A_person_with_access_passes_and_is_named()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Bob);

        var answer = await browser.GetAsync("/plex-auth/check");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Headers["Remote-User"].ShouldBe("bob");
        answer.Headers["Remote-Name"].ShouldBe("Bob");
        answer.Headers["Remote-Email"].ShouldBe("bob@example.com");
        answer.Headers["Remote-Id"].ShouldBe("b0b0000000000002");
        answer.Headers["Cache-Control"].ShouldBe("no-store");
    }

    [Fact]
    public async Task A_person_without_access_is_told_why()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Dave);

        var answer = await browser.GetAsync("/plex-auth/check", Traefik());

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Body.ShouldContain("This Plex account has no access to the media server.");
        answer.Headers.Keys.ShouldNotContain("Remote-User");
    }

    [Fact]
    public async Task A_browser_signs_in_and_returns_to_the_page_it_wanted()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);

        var sent = await browser.GetAsync("/plex-auth/check", Traefik());
        sent.Location.ShouldBe("https://auth.example.com/base/plex-auth/sign-in?rd=https%3A%2F%2Ffilms.example.com%2Flist%3Fa%3D1%26b%3D2");

        var signIn = await browser.StartSignInAsync(new Uri(sent.Location).PathAndQuery["/base".Length..]);
        plex[signIn.Code].AllowedBy = Person.Bob;
        (await browser.GetAsync(signIn.ForwardUrl)).Location.ShouldBe(Page);

        (await browser.GetAsync("/plex-auth/check", Traefik())).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync($"/plex-auth/sign-in?rd={Page}")).Location.ShouldBe(Page, "nginx does not escape, and whoever is signed in goes straight back");
    }

    [Theory]
    [InlineData("Accept", "application/json")]
    [InlineData("X-Forwarded-Method", "POST")]
    [InlineData("X-Forwarded-Uri", "")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "javascript")]
    public async Task What_is_no_browser_on_a_known_page_gets_401(string header, string value)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);

        var answer = await browser.GetAsync("/plex-auth/check", [.. Traefik().Where(one => one.Name != header), (header, value)]);

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?rd=")]
    [InlineData("?rd=/relative")]
    [InlineData("?rd=//films.example.com/")]
    [InlineData("?rd=https://evil.example/")]
    [InlineData("?rd=https://example.com/")]
    [InlineData("?rd=https://films.example.com.evil.example/")]
    [InlineData("?rd=https://evil-example.com/")]
    [InlineData("?rd=https://films.example.com@evil.example/")]
    [InlineData("?rd=https://evil.example%2f.example.com/")]
    [InlineData("?rd=https://evil.example\\.example.com/")]
    [InlineData("?rd=https%3A%2F%2Fevil.example%5C.example.com%2F")]
    [InlineData("?rd=https%3A%2F%2Ffilms.example.com%2F%0d%0aX%3A1")]
    [InlineData("?rd=javascript://films.example.com/%0aalert(1)")]
    [InlineData("?rd=https%253A%252F%252Fevil.example")]
    [InlineData("?x=1&rd=https://films.example.com/")]
    public async Task Nobody_is_sent_to_a_host_that_was_not_named(string query)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);

        (await browser.GetAsync("/plex-auth/sign-in" + query)).Status.ShouldBe(HttpStatusCode.BadRequest);
        plex.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_policy_that_does_not_exist_is_named_at_the_start()
    {
        await using var plex = await AccountStub.StartAsync();

        (await Should.ThrowAsync<InvalidOperationException>(App.StartAsync(plex, map: web => web.MapPlexForwardAuth("/plex-auth", "nobody")))).Message.ShouldContain("'nobody'");
    }

    /// <summary>What Traefik and Caddy say about a browser that wants <see cref="Page"/>.</summary>
    private static (string Name, string Value)[] Traefik() =>
    [
        ("Accept", "text/html,*/*;q=0.8"), ("X-Forwarded-Method", "GET"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "films.example.com"), ("X-Forwarded-Uri", "/list?a=1&b=2"),
    ];

    private static Task<App> StartAsync(AccountStub plex) => App.StartAsync(
        plex,
        services: services => services.AddAuthorization(options => options.AddPolicy("friends", policy => policy.RequirePlexServerAccess(Person.LivingRoom))),
        map: web =>
        {
            App.Map(web);
            web.MapPlexForwardAuth("/plex-auth", "friends", options =>
            {
                options.PublicUrl = new Uri("https://auth.example.com/base/");
                options.ReturnHosts.Add("*.example.com");
            });
        });
}
