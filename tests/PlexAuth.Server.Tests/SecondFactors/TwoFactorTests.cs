using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.SecondFactors;
using PlexAuth.Server.Tests.Accounts;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.SecondFactors;

/// <summary>Turning a second factor on and off, and backup codes.</summary>
public class TwoFactorTests
{
    private static readonly byte[] CarolsSeed = Base32.Decode(PlexAuthPersona.Carol.TotpSecret!);
    private static readonly Caller Somebody = Caller.SignedIn(address: null, "test-client");
    private readonly FakeTimeProvider _time = new();

    [Fact, Requirement("RA6")]
    public async Task A_second_factor_is_on_once_a_first_code_proved_that_its_seed_has_arrived()
    {
        await using var host = await StartAsync();
        var service = host.Get<TwoFactorService>();
        var begun = (await service.BeginAsync(await AccountAsync(host, "alice"), "alice-password", Somebody, RulesHost.Cancelled)).ShouldBeOfType<TwoFactorAnswer.Begun>();
        Base32.Decode(begun.Seed).Length.ShouldBe(20);
        (await host.TrySignInAsync("alice", "alice-password")).ShouldBeOfType<SignInResult.SignedIn>("nothing is on yet");

        (await service.ConfirmAsync(await AccountAsync(host, "alice"), "000000", Somebody, RulesHost.Cancelled)).ShouldBe(new TwoFactorAnswer.Refused(PlexErrorCode.VerificationCodeInvalid));
        var code = Code(Base32.Decode(begun.Seed));
        var codes = (await service.ConfirmAsync(await AccountAsync(host, "alice"), code, Somebody, RulesHost.Cancelled)).ShouldBeOfType<TwoFactorAnswer.CodesCreated>().Codes;

        codes.Distinct().Count().ShouldBe(10);
        (await AccountAsync(host, "alice")).ShouldSatisfyAllConditions(account => account.TwoFactorEnabled.ShouldBeTrue(), account => account.BackupCodesCreated.ShouldBeTrue());
        (await host.TrySignInAsync("alice", "alice-password")).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeRequired));
        (await host.TrySignInAsync("alice", "alice-password", code)).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid), "the code that proved it is used up");
        _time.Advance(TimeSpan.FromSeconds(30));
        (await host.TrySignInAsync("alice", "alice-password", Code(Base32.Decode(begun.Seed)))).ShouldBeOfType<SignInResult.SignedIn>();
    }

    [Fact, Requirement("RA6")]
    public async Task A_stolen_token_alone_neither_begins_nor_ends_a_second_factor()
    {
        await using var host = await StartAsync();
        var service = host.Get<TwoFactorService>();

        (await service.BeginAsync(await AccountAsync(host, "alice"), "wrong", Somebody, RulesHost.Cancelled)).ShouldBe(new TwoFactorAnswer.Refused(PlexErrorCode.Unauthorized));
        (await service.DisableAsync(await AccountAsync(host, "carol"), "carol-password", null, Somebody, RulesHost.Cancelled)).ShouldBe(new TwoFactorAnswer.Refused(PlexErrorCode.VerificationCodeRequired));
        (await service.DisableAsync(await AccountAsync(host, "carol"), "wrong", Code(CarolsSeed), Somebody, RulesHost.Cancelled)).ShouldBe(new TwoFactorAnswer.Refused(PlexErrorCode.Unauthorized));

        (await service.DisableAsync(await AccountAsync(host, "carol"), "carol-password", Code(CarolsSeed), Somebody, RulesHost.Cancelled)).ShouldBeOfType<TwoFactorAnswer.Done>();
        (await host.TrySignInAsync("carol", "carol-password")).ShouldBeOfType<SignInResult.SignedIn>();
    }

    [Fact]
    public async Task An_enrolment_lapses_after_an_hour_and_managed_users_have_none()
    {
        await using var host = await StartAsync();
        var service = host.Get<TwoFactorService>();
        var begun = (await service.BeginAsync(await AccountAsync(host, "alice"), "alice-password", Somebody, RulesHost.Cancelled)).ShouldBeOfType<TwoFactorAnswer.Begun>();

        _time.Advance(TimeSpan.FromHours(1));

        (await service.ConfirmAsync(await AccountAsync(host, "alice"), Code(Base32.Decode(begun.Seed)), Somebody, RulesHost.Cancelled)).ShouldBe(new TwoFactorAnswer.Refused(new PlexErrorCode(1026)));
        var erin = (await host.GrantAsync(PlexAuthPersona.Erin.Token)).Account;
        (await service.BeginAsync(erin, "", Somebody, RulesHost.Cancelled)).ShouldBe(new TwoFactorAnswer.Refused(PlexErrorCode.ManagedUserNotAllowed));
    }

    [Fact, Requirement("RA7")]
    public async Task A_backup_code_is_120_random_bits_and_kept_as_a_hash_alone()
    {
        await using var host = await StartAsync();
        var codes = await CreateCodesAsync(host);

        foreach (var code in codes)
        {
            code.Replace("-", "", StringComparison.Ordinal).Length.ShouldBe(24);
            BackupCode.Hash(code)!.Length.ShouldBe(32);
            BackupCode.Hash(code.ToLowerInvariant().Replace('-', ' ')).ShouldBe(BackupCode.Hash(code));
        }

        (await host.ReadAsync<int>("SELECT COUNT(*) FROM backup_codes")).ShouldBe(10);
        Enumerable.Range(0, 2000).Select(_ => BackupCode.Create(new SystemRandomSource())).Distinct().Count().ShouldBe(2000);
    }

    [Fact, Requirement("RA7")]
    public async Task A_backup_code_signs_in_once_and_new_ones_end_the_old()
    {
        await using var host = await StartAsync();
        var old = await CreateCodesAsync(host);

        (await host.TrySignInAsync("carol", "carol-password", old[3])).ShouldBeOfType<SignInResult.SignedIn>();
        (await host.TrySignInAsync("carol", "carol-password", old[3])).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
        _time.Advance(TimeSpan.FromSeconds(60));
        var fresh = await CreateCodesAsync(host);

        (await host.TrySignInAsync("carol", "carol-password", old[4])).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
        (await host.TrySignInAsync("carol", "carol-password", fresh[0])).ShouldBeOfType<SignInResult.SignedIn>();
        (await host.TrySignInAsync("alice", "alice-password")).ShouldBeOfType<SignInResult.SignedIn>();
    }

    [Fact, Requirement("RA7"), Requirement("T8")]
    public async Task Of_a_hundred_uses_of_one_backup_code_at_once_one_wins()
    {
        await using var host = await StartAsync(unlimited: true);
        var code = (await CreateCodesAsync(host))[0];

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => WhenThereIsRoomAsync(host, code, $"client-{i}")));

        results.OfType<SignInResult.SignedIn>().Count().ShouldBe(1);
        results.OfType<SignInResult.Refused>().Count().ShouldBe(99);
        (await host.ReadAsync<int>("SELECT COUNT(*) FROM backup_codes")).ShouldBe(9);
    }

    [Fact]
    public async Task Another_accounts_backup_code_is_a_wrong_one()
    {
        await using var host = await StartAsync();
        var carols = await CreateCodesAsync(host);
        var begun = (await host.Get<TwoFactorService>().BeginAsync(await AccountAsync(host, "alice"), "alice-password", Somebody, RulesHost.Cancelled)).ShouldBeOfType<TwoFactorAnswer.Begun>();
        await host.Get<TwoFactorService>().ConfirmAsync(await AccountAsync(host, "alice"), Code(Base32.Decode(begun.Seed)), Somebody, RulesHost.Cancelled);

        (await host.TrySignInAsync("alice", "alice-password", carols[0])).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
    }

    [Fact, Requirement("RL1"), Requirement("RA9")]
    public async Task What_happens_to_a_second_factor_is_in_the_audit_trail_without_a_secret()
    {
        await using var host = await StartAsync();
        var codes = await CreateCodesAsync(host);
        await host.TrySignInAsync("carol", "carol-password", codes[0]);
        await host.TrySignInAsync("carol", "carol-password", codes[0]);

        var trail = await host.Get<PlexAuthAccounts>().ReadAuditAsync(cancellationToken: RulesHost.Cancelled);

        trail.Reverse().Select(entry => $"{entry.Kind} {entry.Actor} {entry.Code}").ShouldBe(
            ["backup-codes-created account ", "backup-code-used anyone ", "signed-in anyone ", "device-added anyone ", "sign-in-refused anyone 1028"]);
    }

    [Fact]
    public void Seeds_survive_base_32()
    {
        for (var length = 1; length < 40; length++)
        {
            var bytes = Enumerable.Range(1, length).Select(i => (byte)(i * 37)).ToArray();
            Base32.Decode(Base32.Encode(bytes)).ShouldBe(bytes);
        }
    }

    private static async Task<SignInResult> WhenThereIsRoomAsync(RulesHost host, string code, string client)
    {
        while (true)
        {
            var result = await host.TrySignInAsync("carol", "carol-password", code, client);
            if (result is not SignInResult.Busy)
                return result;
            await Task.Yield();
        }
    }

    private async Task<IReadOnlyList<string>> CreateCodesAsync(RulesHost host) =>
        (await host.Get<TwoFactorService>().CreateBackupCodesAsync(await AccountAsync(host, "carol"), "carol-password", Code(CarolsSeed), Somebody, RulesHost.Cancelled))
            .ShouldBeOfType<TwoFactorAnswer.CodesCreated>().Codes;

    private static async Task<Account> AccountAsync(RulesHost host, string username)
    {
        var id = await host.ReadAsync<int>("SELECT id FROM accounts WHERE username = @username", new { username });
        return (await host.Get<AccountStore>().FindAsync(id, RulesHost.Cancelled)).ShouldNotBeNull();
    }

    private Task<RulesHost> StartAsync(bool unlimited = false) =>
        RulesHost.StartWithPersonasAsync(_time, services => services.AddSingleton(unlimited ? Unlimited.SignIns : new Throttling.SignInLimits()));

    private string Code(byte[] seed) => Totp.Compute(seed, _time.GetUtcNow().ToUnixTimeSeconds() / 30);
}
