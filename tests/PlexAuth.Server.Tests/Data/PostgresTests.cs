using System.Data.Common;
using Npgsql;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer;
using PlexAuth.Tests.Postgres;

namespace PlexAuth.Server.Tests.Data;

[OnPostgres]
public sealed class PostgresTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Several_first_starts_at_once_make_one_database()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(StartAsync)));

        hosts.Select(host => host.Get<OwnServer>().MachineIdentifier).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        await hosts[0].Get<AccountService>().CreateAsync("olga", "olga@example.com", "long enough", Actor.Operator, RulesHost.Cancelled);
        foreach (var host in hosts)
        {
            (await host.TrySignInAsync("olga", "long enough")).ShouldBeOfType<SignInResult.SignedIn>();
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Writes_that_decide_on_what_they_read_are_as_if_one_came_after_the_other()
    {
        await using var host = await StartAsync();
        await using var other = await StartAsync();
        Database[] databases = [host.Get<Database>(), other.Get<Database>()];

        var winners = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => databases[i % 2].WriteAsync(
            async session =>
            {
                if (await session.FirstOrDefaultAsync<long>("SELECT COUNT(*) FROM homes") >= 5)
                    return 0;
                await session.ExecuteAsync("INSERT INTO homes (name) VALUES (@name)", new { name = $"home {i}" });
                return 1;
            },
            RulesHost.Cancelled)));

        winners.Sum().ShouldBe(5);
        (await host.ReadAsync<int>("SELECT COUNT(*) FROM homes")).ShouldBe(5);
    }

    [Fact]
    public async Task A_unique_violation_is_recognised()
    {
        await using var host = await StartAsync();
        Task InsertAsync() => host.Get<Database>().WriteAsync(session => session.ExecuteAsync("INSERT INTO settings VALUES ('a', 'b')"), RulesHost.Cancelled);
        await InsertAsync();

        Database.IsUniqueViolation(await InsertAsync().ShouldThrowAsync<DbException>()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_commit_that_is_acknowledged_is_on_disk()
    {
        await using var host = await StartAsync();

        (await host.ReadAsync<string>("SELECT current_setting('synchronous_commit')")).ShouldBe("on");
    }

    [Fact]
    public async Task Keys_of_another_database_are_refused()
    {
        await (await StartAsync()).DisposeAsync();
        using var foreign = new TemporaryDirectory();
        await (await RulesHost.StartAsync(options => options.DataDirectory = foreign.Path)).DisposeAsync();

        var refusal = await RulesHost.StartAsync(options => (options.DataDirectory, options.Database) = (foreign.Path, TestDatabase.For(_directory.Path)))
            .ShouldThrowAsync<PlexAuthDatabaseException>();

        refusal.Message.ShouldContain("do not belong to this database");
    }

    [Fact]
    public async Task A_replica_without_the_keys_is_told_to_copy_them()
    {
        await (await StartAsync()).DisposeAsync();
        using var empty = new TemporaryDirectory();

        var refusal = await RulesHost.StartAsync(options => (options.DataDirectory, options.Database) = (empty.Path, TestDatabase.For(_directory.Path)))
            .ShouldThrowAsync<PlexAuthDatabaseException>();

        refusal.Message.ShouldContain("copy it from another replica");
    }

    [Fact]
    public async Task Keys_need_a_place_outside_the_database() =>
        (await RulesHost.StartAsync(options => options.Database = "Host=db;Username=plexauth").ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("DataDirectory");

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=plexauth;Password=hunter2-secret")]
    [InlineData("Host=db;Password=hunter2;hunter2-secret=x")]
    [InlineData("Host=db;Port=hunter2-secret")]
    [InlineData("postgres://plexauth:hunter2-secret@db/plexauth")]
    public async Task What_is_wrong_with_a_setting_is_told_without_its_password(string setting)
    {
        var refusal = await RulesHost.StartAsync(options => (options.DataDirectory, options.Database) = (_directory.Path, setting)).ShouldThrowAsync<PlexAuthDatabaseException>();

        refusal.ToString().ShouldNotContain("hunter2-secret");
        refusal.Message.ShouldContain("Host");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using (var host = await StartAsync())
            await host.Get<Database>().WriteAsync(session => session.ExecuteAsync("INSERT INTO schema_migrations VALUES (999, 'tomorrow', 0)"), RulesHost.Cancelled);

        (await StartAsync().ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("999");
    }

    [Fact]
    public async Task A_login_that_no_database_can_hold_is_simply_unknown()
    {
        await using var host = await StartAsync();

        (await host.TrySignInAsync("olga\ud800", "long enough")).ShouldBeOfType<SignInResult.Refused>();
        (await host.TrySignInAsync("olga\0", "long enough")).ShouldBeOfType<SignInResult.Refused>();
    }

    [Fact]
    public async Task A_server_that_was_stopped_and_started_is_used_again_without_ado()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        using var cluster = PostgresCluster.Start();
        await using var host = await RulesHost.StartAsync(options => (options.DataDirectory, options.Database) = (_directory.Path, cluster.ConnectionString("plexauth")));
        var database = host.Get<Database>();
        Task WriteAsync(string name) => database.WriteAsync(session => session.ExecuteAsync("INSERT INTO homes (name) VALUES (@name)", new { name }), RulesHost.Cancelled);
        await WriteAsync("before");

        for (var round = 0; round < 3; round++)
        {
            cluster.Stop();
            await WriteAsync("lost").ShouldThrowAsync<DatabaseUnavailableException>();
            await host.ReadAsync<int>("SELECT COUNT(*) FROM homes").ShouldThrowAsync<DatabaseUnavailableException>();
            cluster.Continue();
            await WriteAsync("after");
        }

        (await host.ReadAsync<int>("SELECT COUNT(*) FROM homes")).ShouldBe(4);
        NpgsqlConnection.ClearAllPools();
    }

    public void Dispose() => _directory.Dispose();

    private Task<RulesHost> StartAsync() => RulesHost.StartAsync(options => options.DataDirectory = _directory.Path);
}
