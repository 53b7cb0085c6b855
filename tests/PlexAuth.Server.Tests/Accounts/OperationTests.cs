using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tests.Data;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Tests.Accounts;

/// <summary>What whoever operates the server does with accounts.</summary>
public class OperationTests
{
    [Fact, Requirement("T7"), Requirement("RZ4")]
    public async Task Disabling_and_enabling_work_at_once()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();
        var accounts = host.Get<PlexAuthAccounts>();
        var bob = (await accounts.FindAsync("BOB@example.com", RulesHost.Cancelled)).ShouldNotBeNull();
        var token = await host.SignInAsync("bob", "bob-password");
        await host.GrantAsync(token);

        (await accounts.SetDisabledAsync(bob.Id, disabled: true, RulesHost.Cancelled)).ShouldBeTrue();
        (await host.ValidateAsync(token)).ShouldBeNull();
        (await host.TrySignInAsync("bob", "bob-password")).ShouldBe(new SignInResult.Refused(PlexErrorCode.Unauthorized));

        (await accounts.SetDisabledAsync(bob.Id, disabled: false, RulesHost.Cancelled)).ShouldBeTrue();
        (await host.ValidateAsync(token)).ShouldNotBeNull();
        (await host.TrySignInAsync("bob", "bob-password")).ShouldBeOfType<SignInResult.SignedIn>();
        (await accounts.SetDisabledAsync(123456, disabled: true, RulesHost.Cancelled)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_reset_password_signs_everything_out_and_can_turn_a_lost_second_factor_off()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();
        var accounts = host.Get<PlexAuthAccounts>();
        var carol = (await accounts.FindAsync("carol", RulesHost.Cancelled)).ShouldNotBeNull();

        (await Should.ThrowAsync<PlexAuthAccountException>(() => accounts.ResetPasswordAsync(carol.Id, "password", cancellationToken: RulesHost.Cancelled))).Code.Value.ShouldBe(1033);
        await accounts.ResetPasswordAsync(carol.Id, "tide and lantern", disableTwoFactor: true, RulesHost.Cancelled);

        (await host.ValidateAsync(PlexAuthPersona.Carol.Token)).ShouldBeNull();
        (await host.TrySignInAsync("carol", "tide and lantern")).ShouldBeOfType<SignInResult.SignedIn>();
        var erin = (await accounts.ListAsync(RulesHost.Cancelled)).Single(account => account.Managed);
        await Should.ThrowAsync<PlexAuthAccountException>(() => accounts.ResetPasswordAsync(erin.Id, "tide and lantern", cancellationToken: RulesHost.Cancelled));
    }

    [Fact]
    public async Task Devices_are_listed_and_removed()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();
        var accounts = host.Get<PlexAuthAccounts>();
        var token = await host.SignInAsync("bob", "bob-password", client: "tv");
        var bob = (await accounts.FindAsync("bob", RulesHost.Cancelled)).ShouldNotBeNull();
        var devices = await accounts.ListDevicesAsync(bob.Id, RulesHost.Cancelled);

        (await accounts.RemoveDeviceAsync(bob.Id, devices.Single(device => device.ClientIdentifier == "tv").Id, RulesHost.Cancelled)).ShouldBeTrue();

        (await host.ValidateAsync(token)).ShouldBeNull();
        (await accounts.RemoveDevicesAsync(bob.Id, RulesHost.Cancelled)).ShouldBe(devices.Count - 1);
        (await accounts.ReadAuditAsync(bob.Id, cancellationToken: RulesHost.Cancelled)).Select(entry => entry.Kind).ShouldBe(["other-devices-removed", "device-removed", "device-added", "signed-in-from-new-network"]);
    }

    [Fact, Requirement("T32"), Requirement("RS2")]
    public async Task Accounts_move_with_their_passwords_where_the_keys_are_the_same_and_without_elsewhere()
    {
        using var directory = new TemporaryDirectory();
        string json;
        await using (var origin = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path))
        {
            await origin.Get<AccountService>().CreateAsync("olga", "olga@example.com", "tide and lantern", Actor.Operator, RulesHost.Cancelled);
            json = JsonSerializer.Serialize(await origin.Get<PlexAuthAccounts>().ExportAsync(RulesHost.Cancelled), JsonSerializerOptions.Web);
        }

        json.ShouldContain("\"format\":\"plexauth-accounts\",\"version\":1");
        json.ShouldNotContain("AQAAAAI", customMessage: "an unsealed hash of a password");
        var file = JsonSerializer.Deserialize<PlexAuthAccountFile>(json, JsonSerializerOptions.Web)!;
        using var sameKeys = new TemporaryDirectory();
        File.Copy(Path.Combine(directory.Path, "plexauth.keys"), Path.Combine(sameKeys.Path, "plexauth.keys"));

        await using (var same = await RulesHost.StartAsync(options => options.DataDirectory = sameKeys.Path))
        {
            (await same.Get<PlexAuthAccounts>().ImportAsync(file, RulesHost.Cancelled)).ShouldBe([new PlexAuthImportedAccount("olga", true, true, null) { OwnsServer = true }]);
            (await same.TrySignInAsync("olga", "tide and lantern")).ShouldBeOfType<SignInResult.SignedIn>();
            (await same.Get<PlexAuthAccounts>().ImportAsync(file, RulesHost.Cancelled)).Single().Imported.ShouldBeFalse("it is there already");
        }

        await using var other = await RulesHost.StartAsync();
        (await other.Get<PlexAuthAccounts>().ImportAsync(file, RulesHost.Cancelled)).ShouldBe([new PlexAuthImportedAccount("olga", true, false, null) { OwnsServer = true }]);
        (await other.TrySignInAsync("olga", "tide and lantern")).ShouldBe(new SignInResult.Refused(PlexErrorCode.Unauthorized));
        await Should.ThrowAsync<FormatException>(() => other.Get<PlexAuthAccounts>().ImportAsync(new PlexAuthAccountFile { Version = 2 }, RulesHost.Cancelled));
    }

    [Fact]
    public async Task The_owner_of_the_server_moves_with_the_accounts()
    {
        PlexAuthAccountFile file;
        await using (var origin = await RulesHost.StartAsync())
        {
            foreach (var name in (string[])["olga", "peter"])
                await origin.Get<PlexAuthAccounts>().CreateAsync(name, $"{name}@example.com", "tide and lantern", RulesHost.Cancelled);
            await ExecuteAsync(origin, "UPDATE sources SET owner_account_id = 2 WHERE own = 1");
            var json = JsonSerializer.Serialize(await origin.Get<PlexAuthAccounts>().ExportAsync(RulesHost.Cancelled), JsonSerializerOptions.Web);
            file = JsonSerializer.Deserialize<PlexAuthAccountFile>(json, JsonSerializerOptions.Web)!;
        }

        await using var empty = await RulesHost.StartAsync();
        await empty.Get<PlexAuthAccounts>().ImportAsync(file, RulesHost.Cancelled);
        (await OwnerAsync(empty)).ShouldBe("peter");

        await using var taken = await RulesHost.StartAsync();
        await taken.Get<PlexAuthAccounts>().CreateAsync("quinn", "quinn@example.com", "tide and lantern", RulesHost.Cancelled);
        await ExecuteAsync(taken, "UPDATE sources SET owner_account_id = NULL WHERE own = 1");
        await taken.Get<PlexAuthAccounts>().ImportAsync(file, RulesHost.Cancelled);
        (await OwnerAsync(taken)).ShouldBeNull("a file gives nobody a server that others use");
    }

    [Fact]
    public async Task Accounts_of_which_none_is_marked_leave_the_server_to_nobody()
    {
        var file = new PlexAuthAccountFile { Accounts = [new() { Username = "olga", Email = "olga@example.com" }] };
        await using var host = await RulesHost.StartAsync();
        await host.Get<PlexAuthAccounts>().ImportAsync(file, RulesHost.Cancelled);

        (await host.Get<PlexAuthAccounts>().CreateAsync("peter", "peter@example.com", "tide and lantern", RulesHost.Cancelled)).OwnsServer.ShouldBeFalse();

        (await OwnerAsync(host)).ShouldBeNull();
    }

    [Fact, Requirement("RS2")]
    public async Task New_keys_seal_everything_anew_while_a_server_runs_on_the_old_ones()
    {
        using var directory = new TemporaryDirectory();
        await using var running = await RulesHost.StartAsync(options => (options.DataDirectory, options.DevPersonas) = (directory.Path, true));
        await running.SignInAsync("alice", "alice-password");
        var before = await running.ReadAsync<byte[]>("SELECT sealed_password FROM accounts WHERE username = 'alice'");

        await using (var tool = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path))
            (await tool.Get<PlexAuthAccounts>().RotateKeysAsync(RulesHost.Cancelled)).ShouldBeGreaterThan(8);

        var after = await running.ReadAsync<byte[]>("SELECT sealed_password FROM accounts WHERE username = 'alice'");
        (before[1], after[1]).ShouldBe(((byte)1, (byte)2));
        (await running.TrySignInAsync("alice", "alice-password")).ShouldBeOfType<SignInResult.SignedIn>();
        await using var again = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path);
        (await again.TrySignInAsync("carol", "carol-password")).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeRequired));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(directory.Path, "plexauth.keys")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact, Requirement("RS2")]
    public async Task Two_rotations_at_once_leave_everything_readable()
    {
        using var directory = new TemporaryDirectory();
        await using var one = await RulesHost.StartAsync(options => (options.DataDirectory, options.DevPersonas) = (directory.Path, true));
        await using var other = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path);

        await Task.WhenAll(new[] { one, other, one, other }.Select(host => Task.Run(() => host.Get<PlexAuthAccounts>().RotateKeysAsync(RulesHost.Cancelled))));

        File.ReadAllLines(Path.Combine(directory.Path, "plexauth.keys")).Select(line => line.Split(' ')[0]).ShouldBe(["1", "2", "3", "4", "5"]);
        await using var again = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path);
        var stored = await again.Get<Database>().ReadAsync(session => session.ListAsync<byte[]>("SELECT sealed_password FROM accounts WHERE sealed_password IS NOT NULL"), RulesHost.Cancelled);
        stored.Select(value => value[1]).Distinct().ShouldBe([(byte)5]);
        (await again.Get<PlexAuthAccounts>().ReadAuditAsync(cancellationToken: RulesHost.Cancelled)).Count(entry => entry.Kind == "keys-rotated").ShouldBe(4);
        (await again.TrySignInAsync("alice", "alice-password")).ShouldBeOfType<SignInResult.SignedIn>();
        (await again.Get<PlexAuthIssuerKeys>().ListAsync(RulesHost.Cancelled)).Count.ShouldBe(1);
    }

    [Fact, Requirement("RS2")]
    public async Task A_key_file_from_before_the_last_rotation_is_refused_with_what_to_do()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "plexauth.keys");
        await using (var host = await RulesHost.StartAsync(options => (options.DataDirectory, options.DevPersonas) = (directory.Path, true)))
        {
            var former = await File.ReadAllBytesAsync(file, RulesHost.Cancelled);
            await host.Get<PlexAuthAccounts>().RotateKeysAsync(RulesHost.Cancelled);
            await File.WriteAllBytesAsync(file, former, RulesHost.Cancelled);
            (await Should.ThrowAsync<PlexAuthDatabaseException>(() => host.Get<PlexAuthAccounts>().RotateKeysAsync(RulesHost.Cancelled))).Message.ShouldContain("Copy it");
        }

        (await Should.ThrowAsync<PlexAuthDatabaseException>(() => RulesHost.StartAsync(options => options.DataDirectory = directory.Path))).Message.ShouldContain("Copy it");
    }

    [Fact, Requirement("RS2")]
    public async Task A_key_file_may_be_mounted_from_elsewhere_as_a_link_in_a_directory_of_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var directory = new TemporaryDirectory();
        using var secrets = new TemporaryDirectory();
        var (mounted, link) = (Path.Combine(secrets.Path, "secret"), Path.Combine(secrets.Path, "plexauth.keys"));
        void Configure(PlexAuthServerOptions options) => (options.DataDirectory, options.KeyFile, options.DevPersonas) = (directory.Path, link, true);
        await using (await RulesHost.StartAsync(options => (options.DataDirectory, options.KeyFile, options.DevPersonas) = (directory.Path, mounted, true)))
            File.Exists(Path.Combine(directory.Path, "plexauth.keys")).ShouldBeFalse();
        File.CreateSymbolicLink(link, mounted);
        SetMode(mounted, "400");
        SetMode(secrets.Path, "755");

        await using (var host = await RulesHost.StartAsync(Configure))
            (await host.TrySignInAsync("alice", "alice-password")).ShouldBeOfType<SignInResult.SignedIn>();

        SetMode(mounted, "440");
        (await Should.ThrowAsync<PlexAuthDatabaseException>(() => RulesHost.StartAsync(Configure))).Message.ShouldContain("chmod");
    }

    [Fact, Requirement("RL1")]
    public async Task Every_decision_about_a_sign_in_is_in_the_trail_with_its_reason_and_without_what_was_typed()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();
        await host.TrySignInAsync("alice", "a secret that is wrong", client: "phone");
        await host.TrySignInAsync("nobody-at-all", "another secret");
        var token = await host.SignInAsync("alice", "alice-password", client: "phone");
        await host.Get<SignOutService>().SignOutAsync(await host.GrantAsync(token), Caller.SignedIn(address: null, "phone").Actor, RulesHost.Cancelled);

        var trail = await host.Get<PlexAuthAccounts>().ReadAuditAsync(cancellationToken: RulesHost.Cancelled);

        trail.Select(entry => (entry.Kind, entry.Username, entry.ClientIdentifier, entry.Code)).ShouldBe(
        [
            ("signed-out", "alice", "phone", null),
            ("device-added", "alice", "phone", null),
            ("signed-in-from-new-network", "alice", "phone", null),
            ("sign-in-refused", null, "test-client", 1001),
            ("sign-in-refused", "alice", "phone", 1001),
        ]);
        JsonSerializer.Serialize(trail).ShouldNotContain("secret");
    }

    [Fact, Requirement("RL1")]
    public async Task Tries_that_come_too_fast_are_in_the_trail_too_once_a_minute()
    {
        var time = new FakeTimeProvider();
        await using var host = await RulesHost.StartWithPersonasAsync(time);
        for (var i = 0; i < 12; i++)
            await host.TrySignInAsync("alice", "wrong");
        (await CountAsync(1001, 1003)).ShouldBe((4, 1));

        time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 12; i++)
            await host.TrySignInAsync("alice", "wrong");

        (await CountAsync(1001, 1003)).ShouldBe((5, 2));

        async Task<(int Checked, int TurnedAway)> CountAsync(int wrong, int tooFast)
        {
            var refused = (await host.Get<PlexAuthAccounts>().ReadAuditAsync(cancellationToken: RulesHost.Cancelled))
                .Where(entry => entry is { Kind: "sign-in-refused", Username: "alice" }).ToList();
            return (refused.Count(entry => entry.Code == wrong), refused.Count(entry => entry.Code == tooFast));
        }
    }

    private static Task<int> ExecuteAsync(RulesHost host, string sql) => host.Get<Database>().WriteAsync(session => session.ExecuteAsync(sql), RulesHost.Cancelled);

    private static Task<string> OwnerAsync(RulesHost host) =>
        host.ReadAsync<string>("SELECT a.username FROM sources s JOIN accounts a ON a.id = s.owner_account_id WHERE s.own = 1");

    private static void SetMode(string path, string octal)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(octal, 8));
    }
}
