using System.Net;

namespace PlexAuth.Server.Tests.MediaServer.Alone;

[Requirement("T15"), Requirement("T16"), Requirement("RT5")]
public class TransientTests
{
    [Fact]
    public async Task It_is_good_here_alone_and_for_48_hours()
    {
        await using var pair = await Pair.StartAsync();
        var transient = await pair.DelegateAsync(PlexAuthPersona.Dave.Token);

        (await pair.Accounts.GetAsync("/", transient)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await pair.Accounts.GetAsync("/api/v2/resources", transient)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        pair.Clock.Advance(TimeSpan.FromHours(48) - TimeSpan.FromMilliseconds(1));
        (await pair.TryAsync(transient)).ShouldBe(HttpStatusCode.OK);
        pair.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await pair.TryAsync(transient)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task It_mints_nothing_and_neither_shows_nor_gives_up_what_its_parent_may()
    {
        await using var pair = await Pair.StartAsync();
        var transient = await pair.DelegateAsync(PlexAuthPersona.Dave.Token);

        (await pair.Media.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", transient)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await pair.Media.SendAsync(HttpMethod.Delete, "/myplex/account", transient)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await pair.Media.GetAsync("/myplex/account", transient)).Body.ShouldContain("\"authToken\":\"\"");
    }

    [Fact]
    public async Task It_dies_with_its_parent_within_a_second()
    {
        await using var pair = await Pair.StartAsync();
        var server = await pair.TokenForMediaAsync(PlexAuthPersona.Dave);
        string[] transients = [await pair.DelegateAsync(PlexAuthPersona.Dave.Token), await pair.DelegateAsync(server)];

        (await pair.Accounts.SendAsync(HttpMethod.Delete, "/api/v2/users/signout", PlexAuthPersona.Dave.Token)).Status.ShouldBe(HttpStatusCode.NoContent);
        pair.Clock.Advance(TimeSpan.FromSeconds(1));

        foreach (var transient in transients)
            (await pair.TryAsync(transient)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task It_dies_when_the_server_restarts_which_keeps_its_name_and_its_owner()
    {
        await using var pair = await Pair.StartAsync();
        var transient = await pair.DelegateAsync(PlexAuthPersona.Dave.Token);
        var identifier = await pair.IdentifierAsync();

        await pair.RestartMediaAsync();

        (await pair.TryAsync(transient)).ShouldBe(HttpStatusCode.Unauthorized);
        (await pair.TryAsync(PlexAuthPersona.Dave.Token)).ShouldBe(HttpStatusCode.OK);
        (await pair.IdentifierAsync()).ShouldBe(identifier);
        (await pair.Media.GetAsync("/identity")).Body.ShouldContain("\"claimed\":true");
    }
}
