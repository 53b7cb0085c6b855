using System.Net;
using System.Text.Json;

namespace PlexAuth.Server.Tests.MediaServer.Alone;

public class ClaimTests
{
    [Fact]
    public async Task Unclaimed_it_asks_nobody_for_a_token_and_gives_nobody_one()
    {
        await using var pair = await Pair.StartAsync(claimed: false);

        (await pair.Media.GetAsync("/identity")).Body.ShouldContain("\"claimed\":false");
        (await pair.Media.GetAsync("/security/token?type=delegation&scope=all")).Body.ShouldBe("{\"MediaContainer\":{\"size\":0}}");
        (await pair.ListedAsync(PlexAuthPersona.Dave.Token)).ShouldBeNull();
    }

    [Fact]
    public async Task It_takes_a_good_claim_once()
    {
        await using var pair = await Pair.StartAsync(claimed: false);

        (await pair.Media.SendAsync(HttpMethod.Post, "/myplex/claim?token=claim-00000000000000000000")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await pair.ClaimAsync(PlexAuthPersona.Dave)).ShouldBe(HttpStatusCode.NoContent);
        (await pair.ClaimAsync(PlexAuthPersona.Bob)).ShouldBe(HttpStatusCode.Forbidden);
        (await pair.Media.GetAsync("/")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_claim_that_the_account_service_cannot_hear_may_be_tried_again()
    {
        await using var pair = await Pair.StartAsync(claimed: false);
        var claim = JsonElement.Parse((await pair.Accounts.GetAsync("/api/claim/token.json", PlexAuthPersona.Dave.Token)).Body).GetProperty("token").GetString();
        pair.Gate.Closed = true;
        (await pair.Media.SendAsync(HttpMethod.Post, $"/myplex/claim?token={claim}")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        pair.Gate.Closed = false;

        (await pair.Media.SendAsync(HttpMethod.Post, $"/myplex/claim?token={claim}")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Its_owner_lets_go_of_it_and_another_claims_it()
    {
        await using var pair = await Pair.StartAsync();
        (await pair.Media.SendAsync(HttpMethod.Delete, "/myplex/account", PlexAuthPersona.Bob.Token)).Status.ShouldBe(HttpStatusCode.Forbidden);

        (await pair.Media.SendAsync(HttpMethod.Delete, "/myplex/account", PlexAuthPersona.Dave.Token)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await pair.Media.GetAsync("/identity")).Body.ShouldContain("\"claimed\":false");
        (await pair.ListedAsync(PlexAuthPersona.Dave.Token)).ShouldBeNull();

        (await pair.ClaimAsync(PlexAuthPersona.Bob)).ShouldBe(HttpStatusCode.NoContent);
        pair.Clock.Advance(TimeSpan.FromSeconds(1));
        (await pair.TryAsync(PlexAuthPersona.Bob.Token)).ShouldBe(HttpStatusCode.OK);
        (await pair.TryAsync(PlexAuthPersona.Dave.Token)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Removed_from_its_owners_devices_it_stays_closed_until_somebody_claims_it()
    {
        await using var pair = await Pair.StartAsync();
        var identifier = await pair.IdentifierAsync();
        var devices = JsonElement.Parse((await pair.Accounts.GetAsync("/devices.json", PlexAuthPersona.Dave.Token)).Body).GetProperty("MediaContainer").GetProperty("Device");
        var id = devices.EnumerateArray().Single(device => device.GetProperty("clientIdentifier").GetString() == identifier).GetProperty("id");
        (await pair.Accounts.SendAsync(HttpMethod.Delete, $"/devices/{id}.xml", PlexAuthPersona.Dave.Token)).Status.ShouldBe(HttpStatusCode.NoContent);

        await pair.RestartMediaAsync();

        (await pair.Media.GetAsync("/")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await pair.TryAsync(PlexAuthPersona.Dave.Token)).ShouldBe(HttpStatusCode.Forbidden);
        (await pair.ClaimAsync(PlexAuthPersona.Bob)).ShouldBe(HttpStatusCode.NoContent);
        (await pair.TryAsync(PlexAuthPersona.Bob.Token)).ShouldBe(HttpStatusCode.OK);
    }
}
