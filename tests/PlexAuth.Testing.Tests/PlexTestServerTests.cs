using System.Net;
using System.Net.Sockets;
using PlexAuth.Server;

namespace PlexAuth.Testing.Tests;

public sealed class PlexTestServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_of_a_persona_is_that_persona()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice);

        (await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Username.ShouldBe("alice");
    }

    [Fact]
    public async Task Many_run_side_by_side_and_know_nothing_of_each_other()
    {
        var names = await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
        {
            await using var plex = await PlexTestServer.StartAsync(Cancellation);
            var account = await plex.AddAccountAsync(new PlexSeedAccount($"own-{number}"), Cancellation);
            using var client = plex.CreateClient(account);
            return (await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Username;
        }));

        names.ShouldBe(Enumerable.Range(0, 12).Select(number => $"own-{number}"));
    }

    [Fact]
    public async Task Transient_tokens_die_in_a_restart_and_accounts_and_tokens_stay()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient();
        await client.Authentication.SignInAsync("alice", "alice-password", cancellationToken: Cancellation);
        var transient = (await client.Authentication.GetTransientTokenAsync(cancellationToken: Cancellation)).Token;
        (await StatusOfAsync(plex, transient)).ShouldBe(HttpStatusCode.OK);
        var identity = await new HttpClient().GetStringAsync(new Uri(plex.ServerUrl, "/identity"), Cancellation);

        await plex.RestartAsync(Cancellation);

        (await StatusOfAsync(plex, transient)).ShouldBe(HttpStatusCode.Unauthorized);
        (await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Username.ShouldBe("alice");
        (await new HttpClient().GetStringAsync(new Uri(plex.ServerUrl, "/identity"), Cancellation)).ShouldBe(identity);
        using var again = plex.CreateClient();
        (await again.Authentication.SignInAsync("bob", "bob-password", cancellationToken: Cancellation)).Username.ShouldBe("bob");
    }

    [Fact]
    public async Task Moving_the_clock_ends_transient_tokens()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        var transient = await plex.IssueTokenAsync(Personas.Bob, PlexTokenKind.Transient, cancellationToken: Cancellation);
        (await StatusOfAsync(plex, transient)).ShouldBe(HttpStatusCode.OK);

        plex.Clock.Advance(TimeSpan.FromHours(49));

        (await StatusOfAsync(plex, transient)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Own_accounts_servers_shares_and_Homes_are_as_they_were_described()
    {
        var seed = new PlexSeed
        {
            Personas = false,
            Accounts = [new("ivan") { PlexPass = true }, new("judy"), new("kid") { Managed = true, HomePin = "0000" }],
            Homes = [new("ivan") { Members = ["kid"] }],
            Servers = [new("Cellar") { Identifier = new string('c', 40), Owner = "judy", SharedWith = ["ivan"], Connections = [new(new Uri("http://192.0.2.7:32400")) { Local = true }] }],
        };
        await using var plex = await PlexTestServer.StartAsync(new PlexTestServerOptions { Seed = seed }, Cancellation);
        using var ivan = plex.CreateClient(plex.Emulator.Personas.Single(one => one.Name == "ivan"));
        using var kid = plex.CreateClient(plex.Emulator.Personas.Single(one => one.Name == "kid"));

        var account = await ivan.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation);
        (account.HomeAdmin, account.HomeSize).ShouldBe((true, 2));
        (await kid.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Restricted.ShouldBe(true);
        var cellar = await ivan.Authentication.GetSourceConnectionInformationAsync($"server://{new string('c', 40)}", cancellationToken: Cancellation);
        cellar.Connections.Single().Uri.ShouldBe(new Uri("http://192.0.2.7:32400"));
        using var judy = plex.CreateClient();
        (await judy.Authentication.SignInAsync("judy@example.com", "judy-password", cancellationToken: Cancellation)).Username.ShouldBe("judy");
    }

    [Fact]
    public async Task A_seed_that_is_wrong_changes_nothing_and_says_where()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        var seed = new PlexSeed { Accounts = [new("ivan")], Servers = [new("Cellar") { Owner = "nobody" }] };

        (await Should.ThrowAsync<PlexEmulatorException>(() => plex.Emulator.SeedAsync(seed, Cancellation))).Message.ShouldContain("\"nobody\"");
        await plex.AddAccountAsync(new PlexSeedAccount("ivan"), Cancellation);
    }

    [Fact]
    public async Task A_password_reset_day_ends_every_token_of_one_account_alone()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var alice = plex.CreateClient(Personas.Alice);
        using var bob = plex.CreateClient(Personas.Bob);
        (await alice.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Valid);

        (await plex.RevokeEverythingAsync(Personas.Alice, Cancellation)).ShouldBeGreaterThan(0);

        (await alice.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Invalid);
        (await bob.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Valid);
    }

    [Fact]
    public async Task Deterministic_servers_give_the_same_tokens_codes_and_ids()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var plex = await PlexTestServer.StartAsync(new PlexTestServerOptions { Deterministic = true }, Cancellation);
            using var client = plex.CreateClient();
            var pin = await client.Pins.CreateAsync(cancellationToken: Cancellation);
            var account = await client.Authentication.SignInAsync("alice", "alice-password", cancellationToken: Cancellation);
            runs.Add($"{pin.Id} {pin.Code} {account.Uuid} {account.AuthToken.Reveal()}");
        }

        runs[1].ShouldBe(runs[0]);
    }

    [Fact]
    public async Task A_token_can_be_issued_expired_and_revoked()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        var expiring = await plex.IssueTokenAsync(Personas.Bob, lifetime: TimeSpan.FromHours(1), cancellationToken: Cancellation);
        var revoked = await plex.IssueTokenAsync(Personas.Bob, cancellationToken: Cancellation);
        var kept = await plex.IssueTokenAsync(Personas.Bob, PlexTokenKind.Server, cancellationToken: Cancellation);
        foreach (var token in (PlexToken[])[expiring, revoked, kept])
            (await StatusOfAsync(plex, token)).ShouldBe(HttpStatusCode.OK);

        (await plex.ExpireTokenAsync(expiring, Cancellation)).ShouldBeTrue();
        (await plex.RevokeTokenAsync(revoked, Cancellation)).ShouldBeTrue();

        (await StatusOfAsync(plex, expiring)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusOfAsync(plex, revoked)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusOfAsync(plex, kept)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_restart_waits_for_a_port_that_somebody_took_meanwhile()
    {
        TcpListener? taker = null;
        var address = new Uri("http://127.0.0.1");
        var options = new PlexTestServerOptions
        {
            ConfigureServer = server =>
            {
                if (address.IsDefaultPort || taker is not null)
                    return;
                taker = new TcpListener(IPAddress.Loopback, address.Port);
                taker.Start();
                _ = Task.Delay(1000, Cancellation).ContinueWith(_ => taker.Stop(), TaskScheduler.Default);
            },
        };
        await using var plex = await PlexTestServer.StartAsync(options, Cancellation);
        address = plex.ServerUrl;

        await plex.RestartAsync(Cancellation);

        taker.ShouldNotBeNull();
        (await StatusOfAsync(plex, new PlexToken(Personas.Alice.Token))).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusOfAsync(PlexTestServer plex, PlexToken token)
    {
        using var http = plex.CreateHttpClient();
        http.DefaultRequestHeaders.Add("X-Plex-Token", token.Reveal());
        using var response = await http.GetAsync(new Uri("/", UriKind.Relative), Cancellation);
        return response.StatusCode;
    }
}
