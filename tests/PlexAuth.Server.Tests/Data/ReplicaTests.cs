using System.Diagnostics;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Pins;
using PlexAuth.Server.Replicas;
using PlexAuth.Server.Tests.Pins;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;
using PlexAuth.Tests.Postgres;

namespace PlexAuth.Server.Tests.Data;

/// <summary>Several server instances, with keys of their own copies, on one PostgreSQL database.</summary>
[OnPostgres]
public sealed class ReplicaTests : IDisposable
{
    private const string Alice = "alice-dev-token-0001";
    private readonly List<TemporaryDirectory> _directories = [];
    private string? _database;

    [Fact]
    public async Task RT3_A_token_issued_by_one_is_valid_on_the_other_and_once_revoked_refused_there()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        for (var round = 0; round < 5; round++)
        {
            var token = await one.SignInAsync("alice", "alice-password", client: $"client-{round}");
            (await other.ValidateAsync(token)).ShouldNotBeNull();

            await one.Get<SignOutService>().SignOutAsync(await one.GrantAsync(token), Actor.Operator, RulesHost.Cancelled);

            (await one.ValidateAsync(token)).ShouldBeNull();
            await ShouldBeRefusedAsync(other, token);
        }
    }

    [Theory]
    [InlineData("bob-dev-token-000001", "DELETE FROM source_shares")]
    [InlineData(Alice, "UPDATE sources SET owner_account_id = NULL WHERE own = 1")]
    public async Task Access_that_ends_on_one_ends_on_the_other(string token, string sql)
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        (await other.GrantAsync(token)).Access.ShouldNotBe(ServerAccess.None);
        var before = await other.ReadAsync<int>("SELECT COUNT(*) FROM revocations");

        await one.Get<Database>().WriteAsync(session => session.ExecuteAsync(sql), RulesHost.Cancelled);

        (await other.ReadAsync<int>("SELECT COUNT(*) FROM revocations")).ShouldBeGreaterThan(before);
        await ShouldBecomeAsync(async () => (await other.GrantAsync(token)).Access == ServerAccess.None);
    }

    [Fact]
    public async Task A_revocation_whose_notification_is_lost_is_seen_by_the_next_look()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var token = await one.SignInAsync("alice", "alice-password");
        await one.Get<Database>().WriteAsync(
            session => session.ExecuteAsync(
                """
                CREATE OR REPLACE FUNCTION plexauth_deleted() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO revocations (revoked_at) VALUES (plexauth_now()); RETURN NULL; END'
                """),
            RulesHost.Cancelled);
        (await other.ValidateAsync(token)).ShouldNotBeNull();

        await one.Get<SignOutService>().SignOutAsync(await one.GrantAsync(token), Actor.Operator, RulesHost.Cancelled);

        await ShouldBeRefusedAsync(other, token);
    }

    [Fact]
    public async Task An_account_disabled_on_one_is_locked_out_of_the_other()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var grant = (await other.ValidateAsync(Alice)).ShouldNotBeNull();

        await one.Get<AccountService>().SetDisabledAsync(grant.AccountId, disabled: true, Actor.Operator, RulesHost.Cancelled);

        await ShouldBeRefusedAsync(other, Alice);
    }

    [Fact]
    public async Task T16_A_transient_token_is_good_on_every_replica_until_the_one_that_minted_it_stops()
    {
        await using var other = await StartAsync();
        string ofOne;
        await using (var one = await StartAsync())
        {
            ofOne = await MintAsync(one);
            (await other.ValidateAsync(ofOne)).ShouldNotBeNull().Kind.ShouldBe(PlexTokenKind.Transient);
            (await one.ValidateAsync(await MintAsync(other))).ShouldNotBeNull();
        }

        await ShouldBeRefusedAsync(other, ofOne);
        (await other.ValidateAsync(await MintAsync(other))).ShouldNotBeNull();
    }

    [Fact]
    public async Task T16_An_instance_that_starts_again_ends_the_transient_tokens_of_the_one_before_even_if_that_was_never_stopped()
    {
        await using var other = await StartAsync();
        await using var before = await StartAsync("worker-1");
        var transient = await MintAsync(before);
        (await other.ValidateAsync(transient)).ShouldNotBeNull();

        await using var after = await StartAsync("worker-1");

        (await after.ValidateAsync(transient)).ShouldBeNull();
        await ShouldBeRefusedAsync(other, transient);
        await ShouldBeRefusedAsync(before, transient);
    }

    [Fact]
    public async Task T16_An_instance_whose_end_a_caller_sees_first_is_still_seen_to_end_by_the_watch_which_forgets_what_is_remembered_of_it()
    {
        await using var other = await StartAsync();
        await using var one = await StartAsync();
        (await other.ValidateAsync(await MintAsync(one))).ShouldNotBeNull();
        await other.Get<ReplicaWatch>().DisposeAsync();
        var (epochs, database, ended) = (other.Get<TransientEpochs>(), other.Get<Database>(), one.Get<TransientEpochs>().Current.Id);

        await database.WriteAsync(session => session.ExecuteAsync("UPDATE instances SET lease_until = plexauth_now() WHERE id = @ended", new { ended }), RulesHost.Cancelled);
        await epochs.FindAsync(id: 1, RulesHost.Cancelled);

        epochs.Replace(await database.ReadAsync(InstanceStore.ListAsync, RulesHost.Cancelled), Stopwatch.GetTimestamp()).ShouldBeTrue();
    }

    [Fact]
    public async Task An_instance_that_lost_its_lease_mints_nothing_and_takes_none_of_its_own()
    {
        await using var host = await StartAsync();
        var transient = await MintAsync(host);
        var epochs = host.Get<TransientEpochs>();
        // Which would renew it.
        await host.Get<ReplicaWatch>().DisposeAsync();

        epochs.Current = epochs.Current with { LeaseEndsAt = Stopwatch.GetTimestamp() - 1 };

        Should.Throw<DatabaseUnavailableException>(() => host.Get<TransientTokens>().Mint(new(1, PlexTokenKind.Account, null!) { DeviceId = 1, ClientIdentifier = "" }, "x"));
        (await host.ValidateAsync(transient)).ShouldBeNull();
    }

    [Fact]
    public async Task A_lease_that_ended_is_never_taken_up_again()
    {
        await using var host = await StartAsync();
        var former = host.Get<TransientEpochs>().Current.Id;
        var transient = await MintAsync(host);

        await host.Get<Database>().WriteAsync(session => session.ExecuteAsync("UPDATE instances SET lease_until = 1"), RulesHost.Cancelled);

        await ShouldBecomeAsync(() => Task.FromResult(host.Get<TransientEpochs>().Current.Id != former));
        (await host.ValidateAsync(transient)).ShouldBeNull();
        (await host.ValidateAsync(await MintAsync(host))).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_tool_beside_the_servers_takes_no_place_among_them()
    {
        await using var server = await StartAsync("worker-1");
        var transient = await MintAsync(server);

        await using var tool = await StartAsync("");

        (await server.ReadAsync<int>("SELECT COUNT(*) FROM instances")).ShouldBe(1);
        (await server.ValidateAsync(transient)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Wrong_codes_on_all_replicas_count_against_one_budget()
    {
        var time = new MovedTime();
        await using var first = await PinRules.StartAsync(Configure(NewDirectory(), null), time: time);
        await using var second = await PinRules.StartAsync(Configure(NewDirectory(), null), time: time);
        PinRules[] replicas = [first, second];

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => replicas[i % 2].AllowAsync($"ZZ{i % 9 + 1}{i / 9 + 1}")));

        answers.Count(answer => answer is not PinAnswer.TooMany).ShouldBe(5);
    }

    [Fact]
    public async Task Revocations_are_not_kept_for_ever()
    {
        await using var host = await StartAsync();
        var database = host.Get<Database>();
        await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO revocations (revoked_at) VALUES (1)"), RulesHost.Cancelled);

        await database.WriteAsync(InstanceStore.SweepAsync, RulesHost.Cancelled);

        (await host.ReadAsync<int>("SELECT COUNT(*) FROM revocations WHERE revoked_at = 1")).ShouldBe(0);
    }

    public void Dispose() => _directories.ForEach(directory => directory.Dispose());

    private static async Task<string> MintAsync(RulesHost host) =>
        host.Get<TransientTokens>().Mint(await host.GrantAsync(Alice), host.Get<OwnServer>().MachineIdentifier).ShouldNotBeNull().Token.Reveal();

    private static Task ShouldBeRefusedAsync(RulesHost host, string token) => ShouldBecomeAsync(async () => await host.ValidateAsync(token) is null);

    private static async Task ShouldBecomeAsync(Func<Task<bool>> condition)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(RulesHost.Cancelled);
        guard.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(10, guard.Token);
    }

    /// <summary>Its clock stands still, so that nothing is forgotten by its age: whoever refuses a token has heard of its end from another.</summary>
    private Task<RulesHost> StartAsync(string? name = null) => RulesHost.StartAsync(Configure(NewDirectory(), name), new MovedTime());

    private Action<PlexAuthServerOptions> Configure(TemporaryDirectory directory, string? name)
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        _database ??= TestDatabase.For(directory.Path);
        return options => (options.DataDirectory, options.Database, options.DevPersonas, options.InstanceName) = (directory.Path, _database, true, name);
    }

    /// <summary>With a copy of the first one's keys, as a mounted secret would be.</summary>
    private TemporaryDirectory NewDirectory()
    {
        var directory = new TemporaryDirectory();
        if (_directories.Count > 0)
            File.Copy(_directories[0].File("plexauth.keys"), directory.File("plexauth.keys"));
        _directories.Add(directory);
        return directory;
    }
}
