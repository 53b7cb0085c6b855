namespace PlexAuth.Acceptance.Tests;

/// <summary>What users of apps that sign in with Plex have asked for in public, told as tests. The numbers are stable names; those of web applications are in <see cref="WebStories"/>.</summary>
public sealed class ClientStories
{
    private static readonly Uri Rebound = new("https://lan.attic.invalid:32400");
    private static readonly Uri Relay = new("https://relay.attic.invalid:443");

    /// <summary>Each address has the field to itself, so that each says how it ends.</summary>
    private static readonly PlexConnectPolicy OneByOne = new() { AllowHttp = true, Stagger = TimeSpan.FromMinutes(1), AttemptTimeout = TimeSpan.FromMinutes(1), Timeout = TimeSpan.FromMinutes(5) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Story_01_Ten_restarts_of_an_installation_are_one_device()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        var newcomer = await plex.AddAccountAsync(new PlexSeedAccount("newcomer"), Cancellation);
        using var home = new TemporaryDirectory();
        for (var restart = 0; restart < 10; restart++)
        {
            using var client = plex.CreateClient(configure: options => options.Identity = PlexClientIdentity.ForThisInstallation("My App", home.Path));
            await client.Authentication.SignInAsync("newcomer", "newcomer-password", cancellationToken: Cancellation);
        }

        (await plex.DevicesOfAsync(newcomer)).Count(product => product == "My App").ShouldBe(1);
    }

    [Fact]
    public async Task Story_02_After_a_password_reset_the_next_call_says_so_and_a_new_sign_in_goes_on()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice);
        var reasons = new List<PlexTokenInvalidReason>();
        client.TokenInvalidated += (_, invalidated) => reasons.Add(invalidated.Reason);

        await plex.RevokeEverythingAsync(Personas.Alice, Cancellation);

        await Should.ThrowAsync<PlexUnauthorizedException>(() => client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation));
        reasons.ShouldBe([PlexTokenInvalidReason.Revoked]);
        await client.Authentication.SignInAsync("alice", "alice-password", cancellationToken: Cancellation);
        (await client.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Valid);
    }

    [Fact]
    public async Task Story_03_An_outage_of_the_account_service_signs_nobody_out()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice, options => options.Retry = PlexRetry.None);
        client.TokenInvalidated += (_, _) => Assert.Fail("An outage is no sign-out.");
        plex.Faults.AccountServiceDown = true;
        (await client.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Unreachable);
        plex.Clock.Advance(TimeSpan.FromHours(1));
        plex.Faults.AccountServiceDown = false;
        (await client.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Valid);
    }

    [Fact]
    public async Task Story_04_A_wrong_verification_code_is_asked_for_again_and_too_many_are_a_lock_out_that_nothing_retries()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient();
        await Should.ThrowAsync<PlexTwoFactorRequiredException>(() => SignInAsync(client, code: null));
        for (var wrong = 0; wrong < 5; wrong++)
        {
            await Should.ThrowAsync<PlexVerificationCodeException>(() => SignInAsync(client, $"00000{wrong}"));
            plex.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        await Should.ThrowAsync<PlexLockedOutException>(() => SignInAsync(client, "000009"));
        plex.Requests.Of("POST /api/v2/users/signin").Count.ShouldBe(7);
    }

    [Fact]
    public async Task Story_05_Of_all_addresses_the_one_that_works_is_taken_and_each_other_says_why_it_does_not()
    {
        await using var stranger = await PlexTestServer.StartAsync(new PlexTestServerOptions { ConfigureServer = server => server.MachineIdentifier = new string('a', 40) }, Cancellation);
        await using var plex = await PlexTestServer.StartAsync(new PlexTestServerOptions { ConfigureServer = server => server.PublicUrl = new Uri("http://127.0.0.1:1") }, Cancellation);
        await plex.AddServerAsync(new("Living Room") { Connections = [new(Rebound) { Local = true }, new(stranger.ServerUrl) { Local = true }, new(plex.ServerUrl) { Local = true }, new(Relay) { Relay = true }] }, Cancellation);
        using var client = plex.CreateClient(Personas.Alice);
        var living = (await client.Resources.ListAsync(cancellationToken: Cancellation)).Single(resource => resource.Name == "Living Room");
        await using var server = await client.Resources.ConnectAsync(living, OneByOne, Cancellation);
        server.Uri.ShouldBe(plex.ServerUrl);
        server.Attempts.Select(attempt => attempt.Outcome).ShouldBe(
            [PlexConnectOutcome.RebindSuspected, PlexConnectOutcome.Refused, PlexConnectOutcome.NotAllowed, PlexConnectOutcome.WrongServer, PlexConnectOutcome.Connected, PlexConnectOutcome.NotNeeded]);
        stranger.Requests.ShouldAllBe(request => !request.HasToken);
    }

    [Fact]
    public async Task Story_09_A_child_s_PIN_is_asked_for_by_name_and_the_child_s_token_is_used_from_then_on()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice);
        var erin = (await client.Home.ListAsync(cancellationToken: Cancellation)).Users.Single(user => user.Title == "erin");
        await Should.ThrowAsync<PlexHomePinRequiredException>(() => client.Home.SwitchAsync(erin.Uuid, cancellationToken: Cancellation));
        await client.Home.SwitchAsync(erin.Uuid, "1234", cancellationToken: Cancellation);
        (await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Title.ShouldBe("erin");
        var living = (await client.Resources.ListAsync(cancellationToken: Cancellation)).Single(resource => resource.Name == "Living Room");
        await using var server = await client.Resources.ConnectAsync(living, OneByOne, Cancellation);
        await server.Http.GetStringAsync("/", Cancellation);
        (plex.Requests.Last().Account, plex.Requests.Last().TokenKind).ShouldBe(("erin", PlexTokenKind.Server));
    }

    [Fact]
    public async Task Story_10_On_a_laptop_that_wakes_after_a_week_with_a_wrong_clock_one_renewal_serves_all_calls()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var key = PlexSigningKey.Create();
        using var signedIn = plex.CreateClient(Personas.Bob, options => options.Identity = new PlexClientIdentity("plexauth-dev-bob"));
        await signedIn.Keys.RegisterAsync(key.PublicKey, cancellationToken: Cancellation);
        using var laptop = plex.CreateClient(configure: options => (options.Identity, options.Credential, options.TimeProvider) =
            (new PlexClientIdentity("plexauth-dev-bob"), PlexCredential.FromDeviceKey(key), new FastClock(plex.Clock, TimeSpan.FromMinutes(8))));
        await laptop.Authentication.PingAsync(cancellationToken: Cancellation);
        plex.Clock.Advance(TimeSpan.FromDays(8));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => laptop.Authentication.PingAsync(cancellationToken: Cancellation)));
        plex.Requests.Of("POST /api/v2/auth/token").Count(request => request.Status == 200).ShouldBe(2);
    }

    [Fact]
    public async Task Story_11_New_values_nulls_and_other_types_leave_the_account_readable()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice);
        plex.Faults.NextField("GET /api/v2/user", "subscription.status", "Brand-New");
        plex.Faults.NextField("GET /api/v2/user", "joinedAt", null);
        plex.Faults.NextField("GET /api/v2/user", "id", "1");
        plex.Faults.NextField("GET /api/v2/user", "neverHeardOf", 7);
        for (var time = 0; time < 4; time++)
            (await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Username.ShouldBe("alice");
    }

    [Fact]
    public async Task Story_12_XML_in_place_of_JSON_is_the_same_account()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice);
        var json = await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation);
        plex.Faults.Next("GET /api/v2/user", new PlexEmulatorFault { Xml = true });
        var xml = await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation);
        (xml.Uuid, xml.Email, xml.HomeAdmin, xml.JoinedAt).ShouldBe((json.Uuid, json.Email, json.HomeAdmin, json.JoinedAt));
    }

    [Fact]
    public async Task Story_13_Everything_runs_without_an_account_a_secret_or_the_network()
    {
        foreach (var persona in PlexAuthPersona.All.Where(persona => persona != Personas.Heidi))
        {
            await using var plex = await PlexTestServer.StartAsync(Cancellation);
            using var client = plex.CreateClient(persona);
            (await client.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Valid);
            plex.AccountUrl.IsLoopback.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Story_15_Nothing_that_is_logged_or_thrown_holds_a_secret()
    {
        using var log = new CapturedLog();
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice, options => (options.LoggerFactory, options.Retry) = (log, PlexRetry.None));
        var account = await client.Authentication.SignInAsync("alice", "alice-password", cancellationToken: Cancellation);
        plex.Faults.Next("GET /api/v2/user", status: 500);
        log.Add((await Should.ThrowAsync<PlexException>(() => client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation))).ToString());
        log.Add((await Should.ThrowAsync<PlexException>(() => client.Authentication.SignInAsync("bob", "not-bobs-password", cancellationToken: Cancellation))).ToString());
        log.Text.ShouldNotBeEmpty();
        foreach (var secret in (string[])["alice-password", "not-bobs-password", Personas.Alice.Token, account.AuthToken.Reveal()])
            log.Text.ShouldNotContain(secret);
    }

    private static Task<PlexAccount> SignInAsync(PlexClient client, string? code) =>
        client.Authentication.SignInAsync("carol", "carol-password", code, cancellationToken: Cancellation);
}
