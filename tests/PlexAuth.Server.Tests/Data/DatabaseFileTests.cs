using Microsoft.Data.Sqlite;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Tests.Data;

public sealed class DatabaseFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string, byte[]> NotOurDatabases => new()
    {
        { "empty", [] },
        { "text", "dear diary, today I must not be overwritten"u8.ToArray() },
        { "cut header", "SQLite for"u8.ToArray() },
        { "header and rubbish", [.. "SQLite format 3\0"u8, .. Enumerable.Repeat((byte)0xAB, 5000)] },
    };

    [Theory]
    [MemberData(nameof(NotOurDatabases))]
    public async Task A_file_that_is_not_a_database_is_refused_and_left_as_it_is(string what, byte[] content)
    {
        WritePrivate(_directory.Database, content);

        var refusal = await StartAsync().ShouldThrowAsync<PlexAuthDatabaseException>();

        refusal.Message.ShouldContain(_directory.Database, customMessage: what);
        (await File.ReadAllBytesAsync(_directory.Database, RulesHost.Cancelled)).ShouldBe(content);
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_as_it_is()
    {
        WritePrivate(_directory.Database, []);
        Execute("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')");
        var before = await File.ReadAllBytesAsync(_directory.Database, RulesHost.Cancelled);

        (await StartAsync().ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("another program");

        (await File.ReadAllBytesAsync(_directory.Database, RulesHost.Cancelled)).ShouldBe(before);
    }

    [Fact]
    public async Task A_damaged_database_is_refused_and_left_as_it_is()
    {
        await (await StartAsync()).DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(_directory.Database, RulesHost.Cancelled);
        bytes.AsSpan(bytes.Length - 4096).Fill(0x5A);
        WritePrivate(_directory.Database, bytes);

        (await StartAsync().ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("damaged");

        (await File.ReadAllBytesAsync(_directory.Database, RulesHost.Cancelled)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Reads_of_a_file_that_is_away_are_unavailable_until_it_is_back()
    {
        await using var host = await StartAsync();
        var database = host.Get<Database>();
        File.Move(_directory.Database, _directory.File("away"));

        await Should.ThrowAsync<DatabaseUnavailableException>(() => ReadWithinAsync(20));

        File.Move(_directory.File("away"), _directory.Database);
        (await ReadWithinAsync(20)).ShouldBe(1);

        // Connections that are kept still have the file; one read within the other needs more of them.
        Task<int> ReadWithinAsync(int depth) => database.ReadAsync(
            session => depth == 0 ? session.FirstOrDefaultAsync<int>("SELECT 1") : ReadWithinAsync(depth - 1), RulesHost.Cancelled);
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_of_in_public_whatever_is_asked()
    {
        await using var host = await StartAsync();
        var accounts = host.Get<PlexAuthAccounts>();
        // What is kept open would still have the file.
        host.Get<Database>().Dispose();
        File.Delete(_directory.Database);

        foreach (var ask in (Func<Task>[])
            [
                () => accounts.AnyAsync(RulesHost.Cancelled), () => accounts.ListAsync(RulesHost.Cancelled), () => accounts.FindAsync("olga", RulesHost.Cancelled),
                () => accounts.ListDevicesAsync(1, RulesHost.Cancelled), () => accounts.ReadAuditAsync(cancellationToken: RulesHost.Cancelled), () => accounts.ExportAsync(RulesHost.Cancelled),
            ])
        {
            await Should.ThrowAsync<PlexAuthDatabaseException>(ask);
        }
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await (await StartAsync()).DisposeAsync();
        Execute("INSERT INTO schema_migrations VALUES (999, 'tomorrow', 0)");

        (await StartAsync().ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("999");
    }

    [Fact]
    public async Task A_vanished_database_with_its_log_still_there_is_not_replaced()
    {
        WritePrivate(_directory.Database + "-wal", [1, 2, 3]);

        await StartAsync().ShouldThrowAsync<PlexAuthDatabaseException>();

        File.Exists(_directory.Database).ShouldBeFalse();
    }

    [Fact]
    public async Task Accounts_tokens_and_the_servers_identity_outlive_a_restart()
    {
        string token, machine;
        await using (var first = await StartAsync())
        {
            await first.Get<AccountService>().CreateAsync("olga", "olga@example.com", "long enough", Actor.Operator, RulesHost.Cancelled);
            token = await first.SignInAsync("olga", "long enough");
            machine = first.Get<Server.MediaServer.OwnServer>().MachineIdentifier;
        }

        await using var second = await StartAsync();

        (await second.GrantAsync(token)).Account.Username.ShouldBe("olga");
        (await second.TrySignInAsync("olga", "long enough")).ShouldBeOfType<SignInResult.SignedIn>();
        second.Get<Server.MediaServer.OwnServer>().MachineIdentifier.ShouldBe(machine);
        machine.ShouldMatch("^[0-9a-f]{40}$");
    }

    [Fact]
    public async Task What_was_acknowledged_is_on_disk_at_that_moment()
    {
        await using var running = await StartAsync();
        await running.Get<AccountService>().CreateAsync("olga", "olga@example.com", "long enough", Actor.Operator, RulesHost.Cancelled);
        var tokens = new List<string>();
        for (var i = 0; i < 20; i++)
            tokens.Add(await running.SignInAsync("olga", "long enough", client: $"client-{i}"));

        // What a killed process leaves behind: its files as they are now, nothing closed, nothing checkpointed.
        using var wreck = new TemporaryDirectory();
        foreach (var file in Directory.GetFiles(_directory.Path))
            File.Copy(file, wreck.File(Path.GetFileName(file)));
        await using var revived = await RulesHost.StartAsync(options => options.DataDirectory = wreck.Path);

        foreach (var token in tokens)
            (await revived.ValidateAsync(token)).ShouldNotBeNull();
        (await revived.ReadAsync<string>("PRAGMA integrity_check")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_start_that_was_killed_while_it_made_the_database_is_made_up_for()
    {
        WritePrivate(_directory.Database + ".creating", "half a database"u8.ToArray());

        await using var host = await StartAsync();

        File.Exists(_directory.Database + ".creating").ShouldBeFalse();
        (await host.ReadAsync<int>("SELECT COUNT(*) FROM accounts")).ShouldBe(0);
    }

    [Fact]
    public async Task Several_first_starts_at_once_make_one_database()
    {
        for (var round = 0; round < 10; round++)
        {
            var data = _directory.File($"round-{round}");
            using var together = new Barrier(4);
            var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait(RulesHost.Cancelled);
                    return RulesHost.StartAsync(options => options.DataDirectory = data);
                },
                RulesHost.Cancelled, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            hosts.Select(host => host.Get<Server.MediaServer.OwnServer>().MachineIdentifier).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_write_waits_two_seconds_for_another_process_and_reads_go_on()
    {
        await using var host = await StartAsync();
        using var other = new SqliteConnection($"Data Source={_directory.Database};Pooling=False");
        other.Open();
        using var transaction = other.BeginTransaction(deferred: false);
        var started = TimeProvider.System.GetTimestamp();

        await Should.ThrowAsync<DatabaseUnavailableException>(host.Get<Database>().WriteAsync(session => session.ExecuteAsync("DELETE FROM tokens"), RulesHost.Cancelled));

        TimeProvider.System.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.9));
        (await host.ReadAsync<int>("SELECT COUNT(*) FROM accounts")).ShouldBe(0);
        transaction.Rollback();
        await host.Get<Database>().WriteAsync(session => session.ExecuteAsync("DELETE FROM tokens"), RulesHost.Cancelled);
    }

    [Fact]
    public async Task A_write_that_throws_leaves_nothing_behind()
    {
        await using var host = await StartAsync();

        await Should.ThrowAsync<InvalidOperationException>(host.Get<Database>().WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("INSERT INTO settings VALUES ('a', 'b')");
                throw new InvalidOperationException();
            },
            RulesHost.Cancelled));

        (await host.ReadAsync<int>("SELECT COUNT(*) FROM settings WHERE name = 'a'")).ShouldBe(0);
        await host.Get<Database>().WriteAsync(session => session.ExecuteAsync("INSERT INTO settings VALUES ('a', 'b')"), RulesHost.Cancelled);
    }

    [Fact]
    public async Task Databases_in_memory_know_nothing_of_each_other()
    {
        await using var one = await RulesHost.StartAsync();
        await using var other = await RulesHost.StartAsync();

        await one.Get<AccountService>().CreateAsync("olga", "olga@example.com", "long enough", Actor.Operator, RulesHost.Cancelled);

        (await other.ReadAsync<int>("SELECT COUNT(*) FROM accounts")).ShouldBe(0);
    }

    [Fact]
    public async Task A_setting_that_no_engine_understands_is_explained() =>
        (await RulesHost.StartAsync(options => options.Database = "Somewhere=else").ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("Data Source=");

    [Fact]
    public void Migrations_are_numbered_without_repetition() =>
        SqliteMigrations.All.Select(migration => migration.Version).ShouldBe(SqliteMigrations.All.Select(migration => migration.Version).Distinct().Order());

    public void Dispose() => _directory.Dispose();

    private static void WritePrivate(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private Task<RulesHost> StartAsync() => RulesHost.StartAsync(options => options.DataDirectory = _directory.Path);

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.Database};Pooling=False");
        connection.Open();
        SqliteEngine.Execute(connection, sql);
    }
}
