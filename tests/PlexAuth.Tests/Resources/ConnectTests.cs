using static PlexAuth.PlexConnectOutcome;

namespace PlexAuth.Tests.Resources;

public sealed class ConnectTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_all_addresses_the_best_live_one_is_taken_and_the_rest_explained()
    {
        await using var rig = new Rig();
        rig.Dead();
        rig.Add("https://lan.attic.invalid:32400", local: true, relay: false);
        var stranger = await rig.StrangerAsync();
        var otherName = await rig.WithOtherNameAsync();
        var selfMade = await rig.SelfMadeAsync();
        var refusing = await rig.RefusingAsync();
        var withoutTls = await rig.WithoutTlsAsync();
        var redirecting = await rig.RedirectingAsync("https://elsewhere.example/identity");
        var http = await rig.HttpOnlyAsync();
        var live = await rig.LiveAsync(local: false);
        var relay = await rig.LiveAsync(local: false, relay: true);

        await using var server = await rig.ConnectAsync();

        server.Uri.Port.ShouldBe(live.Port);
        // The http-only server is also tried under the name its certificate would have.
        server.Attempts.Select(attempt => attempt.Outcome).ShouldBe(
            [Refused, RebindSuspected, WrongServer, NameMismatch, TlsFailed, TokenRefused, TlsFailed, UnexpectedAnswer, TlsFailed, NotAllowed, Connected, NotNeeded]);
        server.Attempts.ShouldAllBe(attempt => attempt.Reason.Length > 0);
        live.SawToken.ShouldBeTrue();
        refusing.SawToken.ShouldBeTrue("it proved to be the right server");
        foreach (var wrong in (RigServer[])[stranger, otherName, selfMade, withoutTls, redirecting, http, relay])
            wrong.SawToken.ShouldBeFalse();
        stranger.Requests.ShouldAllBe(request => !request.Contains("test-client-1", StringComparison.Ordinal) && request.StartsWith("GET /identity ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_does_not_answer_holds_up_nobody()
    {
        await using var rig = new Rig { Policy = PlexConnectPolicy.Default };
        await rig.SilentAsync();
        await rig.SilentAsync();
        var live = await rig.LiveAsync(local: false);
        var policy = rig.Policy with { TrustedRoots = new Rig().Policy.TrustedRoots };

        await using var server = await rig.ConnectAsync(policy);

        server.Uri.Port.ShouldBe(live.Port);
        server.Attempts.Select(attempt => attempt.Outcome).ShouldBe([NotNeeded, NotNeeded, Connected]);
        server.Attempts[0].Reason.ShouldContain("no answer in");
    }

    [Fact]
    public async Task A_local_address_is_preferred_though_a_remote_one_is_quicker()
    {
        await using var rig = new Rig();
        var relay = await rig.LiveAsync(local: false, relay: true);
        var remote = await rig.LiveAsync(local: false);
        var local = await rig.LiveAsync();

        await using var server = await rig.ConnectAsync(rig.Policy with { Stagger = TimeSpan.FromTicks(1) });

        server.Uri.Port.ShouldBe(local.Port);
        (relay.SawToken, remote.SawToken).ShouldBe((relay.Requests.Count > 1, remote.Requests.Count > 1));
    }

    [Fact]
    public async Task The_relay_is_the_last_resort_and_can_be_refused()
    {
        await using var rig = new Rig();
        rig.Dead();
        var relay = await rig.LiveAsync(local: false, relay: true);

        await using (var server = await rig.ConnectAsync())
            server.Uri.Port.ShouldBe(relay.Port);

        var refused = await Should.ThrowAsync<PlexConnectException>(() => rig.ConnectAsync(rig.Policy with { AllowRelay = false }));
        refused.Attempts.Select(attempt => attempt.Outcome).ShouldBe([Refused, NotAllowed]);
    }

    [Fact]
    public async Task Plain_http_is_used_only_where_allowed_local_and_not_forbidden_by_the_server()
    {
        await using var rig = new Rig();
        var http = await rig.HttpOnlyAsync();

        var refused = await Should.ThrowAsync<PlexConnectException>(() => rig.ConnectAsync());
        refused.Attempts.Single().Reason.ShouldContain("AllowHttp");
        http.Requests.ShouldBeEmpty();

        var allowing = rig.Policy with { AllowHttp = true };
        await Should.ThrowAsync<PlexConnectException>(() => rig.Plex.Resources.ConnectAsync(rig.Resource with { HttpsRequired = true }, allowing, Cancellation));
        http.Requests.ShouldBeEmpty();

        await using var server = await rig.ConnectAsync(allowing);
        server.Uri.ShouldBe(new Uri($"http://127.0.0.1:{http.Port}"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", false)]
    [InlineData("http://192.0.2.1:1", true)]
    [InlineData("http://living-room.example:1", true)]
    public async Task Plain_http_to_what_is_not_certainly_local_stays_forbidden(string uri, bool local)
    {
        await using var rig = new Rig();
        rig.Add(uri, local, relay: false);

        var refused = await Should.ThrowAsync<PlexConnectException>(() => rig.ConnectAsync(rig.Policy with { AllowHttp = true }));

        refused.Attempts.Single().Outcome.ShouldBe(NotAllowed);
    }

    [Fact]
    public async Task An_address_of_the_policy_is_tried_before_the_servers_own()
    {
        await using var rig = new Rig();
        await rig.LiveAsync();
        var own = await rig.LiveAsync();
        var uri = new Uri($"https://127-0-0-1.{Rig.Zone}:{own.Port}/");

        await using var server = await rig.ConnectAsync(rig.Policy with { Addresses = [uri] });

        server.Uri.ShouldBe(uri);
        server.Attempts[0].Connection.ShouldBeNull();
    }

    [Fact]
    public void A_relative_address_in_the_policy_is_named_where_it_is_set() =>
        Should.Throw<ArgumentException>(() => new PlexConnectPolicy { Addresses = [new Uri("/web", UriKind.Relative)] }).Message.ShouldContain("PlexConnectPolicy.Addresses");

    [Fact]
    public async Task What_worked_the_last_time_is_tried_first()
    {
        await using var rig = new Rig();
        var silent = await rig.SilentAsync();
        await rig.LiveAsync();
        await using (await rig.ConnectAsync(rig.Policy with { Stagger = TimeSpan.FromTicks(1) }))
        {
        }

        var asked = silent.Requests.Count;
        await using var server = await rig.ConnectAsync();

        silent.Requests.Count.ShouldBe(asked);
        server.Attempts.Select(attempt => attempt.Outcome).ShouldBe([NotNeeded, Connected]);
    }

    [Fact]
    public async Task This_machine_is_tried_under_the_certificates_name_by_option()
    {
        await using var rig = new Rig();
        var live = await rig.LiveAsync();
        var elsewhere = rig.Resource with { Connections = [rig.Resource.Connections[0] with { Address = "127.0.0.9", Uri = new Uri($"https://127-0-0-9.{Rig.Zone}:{live.Port}") }] };

        await using var server = await rig.Plex.Resources.ConnectAsync(elsewhere, rig.Policy with { TryLocalhost = true }, Cancellation);

        server.Uri.Host.ShouldBe($"127-0-0-1.{Rig.Zone}");
    }

    [Fact]
    public async Task A_pinned_key_must_be_the_servers()
    {
        await using var rig = new Rig();
        var live = await rig.LiveAsync();

        var refused = await Should.ThrowAsync<PlexConnectException>(() => rig.ConnectAsync(rig.Policy with { PinnedKeys = ["AAAA"] }));
        refused.Attempts.Single().Outcome.ShouldBe(TlsFailed);
        live.Requests.ShouldBeEmpty();

        await using var server = await rig.ConnectAsync(rig.Policy with { PinnedKeys = [Rig.PinOfCertificate] });
    }

    [Fact]
    public async Task An_unknown_root_is_not_trusted_because_another_server_has_one()
    {
        await using var rig = new Rig();
        await rig.LiveAsync();

        var refused = await Should.ThrowAsync<PlexConnectException>(() => rig.ConnectAsync(PlexConnectPolicy.Default));

        refused.Attempts.Single().Outcome.ShouldBe(TlsFailed);
        refused.Message.ShouldContain("TrustedRoots");
        refused.ToString().ShouldNotContain(Rig.Token);
    }

    [Theory]
    [InlineData("<html>Hotel</html>")]
    [InlineData("{\"MediaContainer\":{\"machineIdentifier\":\"\"}}")]
    [InlineData("")]
    public async Task What_does_not_say_who_it_is_gets_no_token(string body)
    {
        await using var rig = new Rig();
        var odd = await rig.AnsweringAsync(body);

        var refused = await Should.ThrowAsync<PlexConnectException>(() => rig.ConnectAsync());

        refused.Attempts.Single().Outcome.ShouldBe(UnexpectedAnswer);
        odd.SawToken.ShouldBeFalse();
    }

    [Fact]
    public async Task A_search_ends_at_its_deadline_and_when_the_caller_says_so()
    {
        await using var rig = new Rig();
        await rig.SilentAsync();

        var late = await Should.ThrowAsync<PlexConnectException>(() => rig.ConnectAsync(rig.Policy with { Timeout = TimeSpan.FromMilliseconds(50) }));
        late.Attempts.Single().Outcome.ShouldBe(TimedOut);

        using var ending = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Should.ThrowAsync<OperationCanceledException>(() => rig.Plex.Resources.ConnectAsync(rig.Resource, rig.Policy, ending.Token));
    }

    [Fact]
    public async Task A_resource_without_token_or_address_is_refused_with_advice()
    {
        await using var rig = new Rig();

        (await Should.ThrowAsync<PlexConnectException>(() => rig.ConnectAsync())).Message.ShouldContain("PlexConnectPolicy.Addresses");
        (await Should.ThrowAsync<PlexConnectException>(() => rig.Plex.Resources.ConnectAsync(rig.Resource with { AccessToken = null }, null, Cancellation)))
            .Message.ShouldContain("ask the owner");
    }
}
