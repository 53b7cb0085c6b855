using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.Server.Tests.MediaServer.Alone;

public class AloneTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claimed_it_is_listed_where_it_listens_and_opens_for_its_owner_alone()
    {
        await using var pair = await Pair.StartAsync();

        var listed = (await pair.ListedAsync(PlexAuthPersona.Dave.Token)).ShouldNotBeNull();
        (listed.GetProperty("name").GetString(), listed.GetProperty("owned").GetBoolean(), listed.GetProperty("presence").GetBoolean()).ShouldBe(("Cellar", true, true));
        listed.GetProperty("connections")[0].GetProperty("uri").GetString().ShouldBe(pair.Media.Address.GetLeftPart(UriPartial.Authority));

        (await pair.TryAsync(PlexAuthPersona.Dave.Token)).ShouldBe(HttpStatusCode.OK);
        (await pair.TryAsync(await pair.TokenForMediaAsync(PlexAuthPersona.Dave))).ShouldBe(HttpStatusCode.OK);
        (await pair.TryAsync(PlexAuthPersona.Bob.Token)).ShouldBe(HttpStatusCode.Forbidden);
        (await pair.TryAsync("unknown-token-000001")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task It_has_no_accounts_of_its_own()
    {
        await using var pair = await Pair.StartAsync();

        (await pair.Media.GetAsync("/api/v2/user", PlexAuthPersona.Dave.Token)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await pair.Media.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Owner_and_friend_may_what_they_may_on_any_media_server()
    {
        await using var pair = await Pair.StartAsync();
        await pair.ShareAsync(PlexAuthPersona.Bob);
        var own = "/security/resources?source=server://" + await pair.IdentifierAsync();

        foreach (var friend in (string[])[PlexAuthPersona.Bob.Token, await pair.TokenForMediaAsync(PlexAuthPersona.Bob)])
        {
            (await pair.TryAsync(friend)).ShouldBe(HttpStatusCode.OK);
            (await pair.TryAsync(await pair.DelegateAsync(friend))).ShouldBe(HttpStatusCode.OK);
            (await pair.Media.GetAsync(own, friend)).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await pair.Media.GetAsync("/myplex/account", friend)).Status.ShouldBe(HttpStatusCode.Forbidden);
        }

        foreach (var owner in (string[])[PlexAuthPersona.Dave.Token, await pair.TokenForMediaAsync(PlexAuthPersona.Dave), await pair.DelegateAsync(PlexAuthPersona.Dave.Token)])
        {
            var device = JsonElement.Parse((await pair.Media.GetAsync(own, owner)).Body).GetProperty("MediaContainer").GetProperty("Device");
            device.GetProperty("Connection")[0].GetProperty("port").GetInt32().ShouldBe(pair.Media.Address.Port);
            (await pair.TryAsync(device.GetProperty("accessToken").GetString()!)).ShouldBe(HttpStatusCode.OK);
        }

        var account = XElement.Parse((await pair.Media.GetAsync("/myplex/account.xml", PlexAuthPersona.Dave.Token)).Body);
        (account.Attribute("username")!.Value, account.Attribute("authToken")!.Value).ShouldBe(("dave@example.com", PlexAuthPersona.Dave.Token));
        XElement.Parse((await pair.Media.GetAsync("/myplex/account.xml", await pair.TokenForMediaAsync(PlexAuthPersona.Dave))).Body).Attribute("authToken")!.Value.ShouldBe("");
    }

    [Fact]
    public async Task The_token_that_the_owner_sees_for_a_friend_opens_the_server_and_reports_nothing_for_it()
    {
        await using var pair = await Pair.StartAsync();
        await pair.ShareAsync(PlexAuthPersona.Bob);
        var cellar = await pair.IdentifierAsync();

        var shared = XElement.Parse((await pair.Accounts.GetAsync($"/api/servers/{cellar}/shared_servers", PlexAuthPersona.Dave.Token)).Body);
        var token = shared.Element("SharedServer")!.Attribute("accessToken")!.Value;

        (await pair.TryAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await pair.Accounts.SendAsync(HttpMethod.Put, $"/devices/{cellar}", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_for_another_server_opens_nothing_here()
    {
        await using var pair = await Pair.StartAsync();
        var livingRoom = JsonElement.Parse((await pair.Accounts.GetAsync("/api/v2/resources", PlexAuthPersona.Alice.Token)).Body)[0].GetProperty("accessToken").GetString()!;

        (await pair.TryAsync(livingRoom)).ShouldBe(HttpStatusCode.Forbidden);
        (await pair.Media.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", livingRoom)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_account_service_is_asked_once_a_second_about_a_token_however_many_show_it()
    {
        await using var pair = await Pair.StartAsync();
        var release = new TaskCompletionSource();
        pair.Gate.Held = ("/api/v2/resources", release.Task);

        var calls = Enumerable.Range(0, 10).Select(_ => pair.TryAsync(PlexAuthPersona.Bob.Token)).ToList();
        release.SetResult();
        (await Task.WhenAll(calls)).ShouldAllBe(status => status == HttpStatusCode.Forbidden);
        await pair.TryAsync(PlexAuthPersona.Bob.Token);
        pair.Gate.CallsTo("/api/v2/resources").ShouldBe(1);

        pair.Clock.Advance(Second);
        await pair.TryAsync(PlexAuthPersona.Bob.Token);
        pair.Gate.CallsTo("/api/v2/resources").ShouldBe(2);
    }

    [Fact]
    public async Task A_made_up_token_is_asked_about_once_in_half_a_minute()
    {
        await using var pair = await Pair.StartAsync();
        for (var i = 0; i < 29; i++)
        {
            (await pair.TryAsync("unknown-token-000001")).ShouldBe(HttpStatusCode.Unauthorized);
            pair.Clock.Advance(Second);
        }

        pair.Gate.CallsTo("/api/v2/resources").ShouldBe(1);
    }

    [Fact]
    [Requirement("RZ4")]
    public async Task Who_is_disabled_or_shut_out_there_is_refused_here_within_a_second()
    {
        await using var pair = await Pair.StartAsync();
        await pair.ShareAsync(PlexAuthPersona.Bob);
        var (bobs, daves) = (await pair.TokenForMediaAsync(PlexAuthPersona.Bob), await pair.TokenForMediaAsync(PlexAuthPersona.Dave));
        foreach (var token in (string[])[bobs, daves, PlexAuthPersona.Dave.Token])
            (await pair.TryAsync(token)).ShouldBe(HttpStatusCode.OK);

        (await pair.Accounts.SendAsync(HttpMethod.Delete, $"/api/servers/{await pair.IdentifierAsync()}/shared_servers/2", PlexAuthPersona.Dave.Token)).Status.ShouldBe(HttpStatusCode.NoContent);
        await pair.Accounts.App.Services.GetRequiredService<PlexAuthAccounts>().SetDisabledAsync(4, disabled: true, Cancelled);
        pair.Clock.Advance(Second);

        foreach (var token in (string[])[bobs, daves, PlexAuthPersona.Dave.Token])
            (await pair.TryAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await pair.TryAsync(PlexAuthPersona.Bob.Token)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Without_its_account_service_it_knows_for_an_hour_whom_it_knew_and_sends_nobody_away_as_unknown()
    {
        await using var pair = await Pair.StartAsync();
        await pair.TryAsync(PlexAuthPersona.Dave.Token);
        var transient = await pair.DelegateAsync(PlexAuthPersona.Dave.Token);

        pair.Gate.Closed = true;
        pair.Clock.Advance(TimeSpan.FromHours(1));
        (await pair.TryAsync(PlexAuthPersona.Dave.Token)).ShouldBe(HttpStatusCode.OK);
        (await pair.TryAsync(transient)).ShouldBe(HttpStatusCode.OK);
        var stranger = await pair.Media.GetAsync("/", PlexAuthPersona.Bob.Token);
        (stranger.Status, stranger.Headers.ContainsKey("Retry-After")).ShouldBe((HttpStatusCode.ServiceUnavailable, true));
        (await pair.Media.GetAsync("/identity", PlexAuthPersona.Bob.Token)).Status.ShouldBe(HttpStatusCode.OK);

        pair.Clock.Advance(Second);
        (await pair.TryAsync(PlexAuthPersona.Dave.Token)).ShouldBe(HttpStatusCode.ServiceUnavailable);

        pair.Gate.Closed = false;
        (await pair.TryAsync(PlexAuthPersona.Dave.Token)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_was_disabled_during_an_outage_is_refused_within_a_second_of_its_end()
    {
        await using var pair = await Pair.StartAsync();
        await pair.TryAsync(PlexAuthPersona.Dave.Token);
        pair.Gate.Closed = true;
        pair.Clock.Advance(Second);
        (await pair.TryAsync(PlexAuthPersona.Dave.Token)).ShouldBe(HttpStatusCode.OK);

        await pair.Accounts.App.Services.GetRequiredService<PlexAuthAccounts>().SetDisabledAsync(4, disabled: true, Cancelled);
        pair.Gate.Closed = false;
        pair.Clock.Advance(Second);

        (await pair.TryAsync(PlexAuthPersona.Dave.Token)).ShouldBe(HttpStatusCode.Unauthorized);
    }
}
