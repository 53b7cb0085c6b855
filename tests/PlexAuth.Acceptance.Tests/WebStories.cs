using System.Net;

namespace PlexAuth.Acceptance.Tests;

/// <summary>The stories of web applications that let people sign in with Plex.</summary>
public sealed class WebStories
{
    private const string LivingRoom = "0123456789abcdef0123456789abcdef01234567";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_hour_of_story_03_degrades_a_web_application_and_shuts_nobody_out()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        await using var app = await WebApp.StartAsync(plex.AccountUrl, LivingRoom, plex.Clock);
        using var bob = app.Visit();
        var signIn = await bob.AskAsync("/friends");
        await plex.ApprovePinAsync(signIn["code"], Personas.Bob, Cancellation);
        await bob.GetAsync(signIn["forwardUrl"]);
        (await bob.GetAsync("/friends")).Body.ShouldBe("Come in");
        plex.Faults.AccountServiceDown = true;
        for (var question = 0; question < 6; question++)
        {
            plex.Clock.Advance(TimeSpan.FromMinutes(10));
            (await bob.GetAsync("/friends")).Body.ShouldBe("Come in");
            (await bob.GetAsync("/health")).Body.ShouldBe("Degraded");
        }

        plex.Faults.AccountServiceDown = false;
        plex.Clock.Advance(TimeSpan.FromMinutes(1));
        (await bob.GetAsync("/friends")).Body.ShouldBe("Come in");
        (await bob.GetAsync("/health")).Body.ShouldBe("Healthy");
        app.Log.Text.Split('\n').Count(line => line.Contains("The account service", StringComparison.Ordinal)).ShouldBe(2, "a line for each change");
    }

    [Fact]
    public async Task Story_06_Signing_in_is_a_redirect_there_and_back_to_the_page_that_was_asked_for()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        await using var app = await WebApp.StartAsync(plex.AccountUrl);
        using var visitor = app.Visit();
        var signIn = await visitor.AskAsync("/private?page=7");
        signIn["forwardUrl"].ShouldStartWith("https://films.example/signin-plex?");
        await plex.ApprovePinAsync(signIn["code"], Personas.Alice, Cancellation);
        (await visitor.GetAsync(signIn["forwardUrl"])).Location.ShouldEndWith("/private?page=7");
        var page = await visitor.GetAsync("/private?page=7");
        (page.Body, page.OpenerPolicy).ShouldBe(("alice", "same-origin"));
    }

    [Fact]
    public async Task Story_07_A_callback_link_of_somebody_else_s_sign_in_is_refused()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        await using var app = await WebApp.StartAsync(plex.AccountUrl);
        using var attacker = app.Visit();
        using var victim = app.Visit();
        var attack = await attacker.AskAsync("/private");
        await plex.ApprovePinAsync(attack["code"], Personas.Bob, Cancellation);
        (await victim.GetAsync(attack["forwardUrl"])).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await victim.GetAsync("/private")).Status.ShouldBe(HttpStatusCode.Redirect);
        app.Log.Text.ShouldContain("A sign-in callback was refused: it belongs to no sign-in of this browser");
    }

    [Fact]
    public async Task Story_08_Two_people_who_sign_in_at_once_are_each_themselves()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        await using var app = await WebApp.StartAsync(plex.AccountUrl);
        foreach (var (visitor, persona, signIn) in await Task.WhenAll(app.VisitAsync(Personas.Alice), app.VisitAsync(Personas.Bob)))
        {
            await plex.ApprovePinAsync(signIn["code"], persona, Cancellation);
            await visitor.GetAsync(signIn["forwardUrl"]);
            (await visitor.GetAsync("/private")).Body.ShouldBe(persona.Name);
            visitor.Dispose();
        }
    }

    [Fact]
    public async Task Story_14_Whoever_has_no_access_to_the_server_is_known_but_not_let_in_and_told_why()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        await using var app = await WebApp.StartAsync(plex.AccountUrl, LivingRoom);
        using var dave = app.Visit();
        var signIn = await dave.AskAsync("/friends");
        await plex.ApprovePinAsync(signIn["code"], Personas.Dave, Cancellation);
        await dave.GetAsync(signIn["forwardUrl"]);
        (await dave.GetAsync("/private")).Body.ShouldBe("dave");
        var refused = await dave.GetAsync("/friends");
        (refused.Status, refused.Body.Contains("no access to the media server", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.Forbidden, true));
    }
}
