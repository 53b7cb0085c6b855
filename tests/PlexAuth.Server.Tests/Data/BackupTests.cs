using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tokens;
using PlexAuth.Tests;
using PlexAuth.Tests.Postgres;

namespace PlexAuth.Server.Tests.Data;

[Requirement("T34")]
public sealed class BackupTests : IDisposable
{
    private static readonly byte[] CarolsSeed = Base32.Decode(PlexAuthPersona.Carol.TotpSecret!);
    private readonly TemporaryDirectory _directory = new();

    private PlexAuthServerOptions Options => new() { DataDirectory = _directory.Path };

    private string Backup => _directory.File("saved");

    [Fact]
    public async Task T34_Restoring_revives_no_revoked_token_and_no_used_code()
    {
        var (revoked, valid, code) = await SaveThenRevokeAsync();

        await PlexAuthBackup.RestoreAsync(Options, Backup, keepTokens: false, RulesHost.Cancelled);

        await using var host = await StartAsync();
        (await host.ValidateAsync(revoked)).ShouldBeNull();
        (await host.ValidateAsync(valid)).ShouldBeNull();
        (await host.TrySignInAsync("carol", "carol-password", code)).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
        await host.SignInAsync("alice", "alice-password");
        (await host.ReadAsync<string>("PRAGMA integrity_check")).ShouldBe("ok");
    }

    [Fact]
    public async Task T34_Tokens_are_kept_only_by_those_who_ask_for_it_and_used_codes_never()
    {
        var (_, valid, code) = await SaveThenRevokeAsync();

        await PlexAuthBackup.RestoreAsync(Options, Backup, keepTokens: true, RulesHost.Cancelled);

        await using var host = await StartAsync();
        (await host.ValidateAsync(valid)).ShouldNotBeNull();
        (await host.TrySignInAsync("carol", "carol-password", code)).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
    }

    [Fact]
    public async Task RS1_A_backup_is_one_file_for_its_owner_alone_and_a_database_is_never_overwritten()
    {
        await using (await StartAsync())
            await PlexAuthBackup.CreateAsync(Options, Backup, RulesHost.Cancelled);

        Directory.GetFiles(_directory.Path, "saved*").ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Backup).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await PlexAuthBackup.CreateAsync(Options, Backup, RulesHost.Cancelled).ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("already");
        (await PlexAuthBackup.RestoreAsync(Options, Backup, keepTokens: true, RulesHost.Cancelled).ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("move it away");
    }

    [Fact]
    public async Task A_backup_that_finds_no_room_leaves_nothing_and_says_so()
    {
        using var away = new TemporaryDirectory();
        using var disk = SmallDisk.Mount(away.Path);
        disk.Fill();
        await (await StartAsync()).DisposeAsync();

        var refusal = await PlexAuthBackup.CreateAsync(Options, away.File("saved"), RulesHost.Cancelled).ShouldThrowAsync<PlexAuthDatabaseException>();

        refusal.Message.ShouldContain(away.File("saved"));
        Directory.GetFiles(away.Path, "saved*").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_backup_is_not_restored()
    {
        await File.WriteAllTextAsync(Backup, "dear diary, today I must not be restored", RulesHost.Cancelled);

        (await PlexAuthBackup.RestoreAsync(Options, Backup, keepTokens: false, RulesHost.Cancelled).ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain(Backup);

        Directory.GetFiles(_directory.Path).ShouldBe([Backup]);
    }

    [Fact]
    public async Task T34_A_database_that_pg_restore_put_back_is_quarantined_in_place()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        var options = new PlexAuthServerOptions { DataDirectory = _directory.Path, Database = TestDatabase.For(_directory.Path) };
        string token;
        await using (var before = await RulesHost.StartAsync(o => (o.DataDirectory, o.Database, o.DevPersonas) = (options.DataDirectory, options.Database, true)))
            token = await before.SignInAsync("alice", "alice-password");

        await PlexAuthBackup.QuarantineAsync(options, keepTokens: false, RulesHost.Cancelled);

        await using var after = await RulesHost.StartAsync(o => (o.DataDirectory, o.Database) = (options.DataDirectory, options.Database));
        (await after.ValidateAsync(token)).ShouldBeNull();
        await after.SignInAsync("alice", "alice-password");
        (await PlexAuthBackup.CreateAsync(options, Backup, RulesHost.Cancelled).ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("pg_dump");
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Backs up, then signs one token out and uses a code, then loses the database.</summary>
    private async Task<(string Revoked, string Valid, string Code)> SaveThenRevokeAsync()
    {
        string revoked, valid;
        var code = Totp.Compute(CarolsSeed, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        await using (var host = await StartAsync())
        {
            revoked = await host.SignInAsync("alice", "alice-password", client: "one");
            valid = await host.SignInAsync("alice", "alice-password", client: "other");
            await PlexAuthBackup.CreateAsync(Options, Backup, RulesHost.Cancelled);
            await host.Get<SignOutService>().SignOutAsync(await host.GrantAsync(revoked), Actor.Operator, RulesHost.Cancelled);
            await host.SignInAsync("carol", "carol-password", code);
        }

        foreach (var file in SqliteFile.WithSidecars(_directory.Database))
            File.Delete(file);
        return (revoked, valid, code);
    }

    private Task<RulesHost> StartAsync() => RulesHost.StartAsync(options => (options.DataDirectory, options.DevPersonas) = (_directory.Path, true));
}
