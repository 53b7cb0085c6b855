using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Accounts;

public class SignInTests
{
    private static readonly byte[] CarolsSeed = Base32.Decode(PlexAuthPersona.Carol.TotpSecret!);
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("alice")]
    [InlineData("bob")]
    [InlineData("dave")]
    [InlineData("frank")]
    [InlineData("grace")]
    public async Task Personas_sign_in_by_name_and_by_address(string name)
    {
        await using var host = await StartAsync();

        foreach (var login in (string[])[name, $"{name}@example.com"])
        {
            var signedIn = (await host.TrySignInAsync(login, $"{name}-password")).ShouldBeOfType<SignInResult.SignedIn>();
            signedIn.Account.Username.ShouldBe(name);
            (await host.GrantAsync(signedIn.Token.Reveal())).Account.Username.ShouldBe(name);
        }
    }

    [Theory]
    [InlineData("nobody", "nobody-password")]
    [InlineData("alice", "wrong")]
    [InlineData("alice", "")]
    [InlineData("alice", null)]
    [InlineData("alice", "alice-password ")]
    [InlineData("alice", "Alice-password")]
    [InlineData("alice", "alice-password123456")]
    [InlineData("heidi", "heidi-password")]
    [InlineData("heidi@example.com", "heidi-password")]
    [InlineData("erin", "erin-password")]
    [InlineData("erin", "")]
    [InlineData("", "")]
    [InlineData(null, null)]
    [InlineData("carol", "wrong")]
    [InlineData("carol", "wrong123456")]
    public async Task Every_refusal_is_the_same_until_the_password_is_right(string? login, string? password)
    {
        await using var host = await StartAsync();

        (await host.TrySignInAsync(login, password)).ShouldBe(new SignInResult.Refused(PlexErrorCode.Unauthorized));
        (await host.TrySignInAsync(login, password, "123456")).ShouldBe(new SignInResult.Refused(PlexErrorCode.Unauthorized));
    }

    [Theory]
    [InlineData("ALICE")]
    [InlineData("  Alice\t")]
    [InlineData("ａｌｉｃｅ")]
    [InlineData("ＡＬＩＣＥ")]
    [InlineData("\u3000alice\u00A0")]
    [InlineData("Alice@Example.COM")]
    [InlineData("alice＠example．com")]
    public async Task Spellings_of_one_login_are_one_login(string login)
    {
        await using var host = await StartAsync();

        (await host.TrySignInAsync(login, "alice-password")).ShouldBeOfType<SignInResult.SignedIn>().Account.Username.ShouldBe("alice");
    }

    [Fact]
    public async Task A_missing_code_and_a_wrong_code_are_told_apart_once_the_password_is_right()
    {
        await using var host = await StartAsync();

        (await host.TrySignInAsync("carol", "carol-password")).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeRequired));
        (await host.TrySignInAsync("carol", "carol-password", WrongCode())).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
        (await host.TrySignInAsync("carol", "carol-password" + WrongCode())).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_code_is_taken_from_its_field_or_from_the_end_of_the_password(bool appended)
    {
        await using var host = await StartAsync();

        var result = appended ? await host.TrySignInAsync("carol", "carol-password" + Code()) : await host.TrySignInAsync("carol", "carol-password", Code());

        result.ShouldBeOfType<SignInResult.SignedIn>().Account.TwoFactorEnabled.ShouldBeTrue();
    }

    [Fact, Requirement("T8")]
    public async Task A_code_works_once_even_when_it_is_sent_a_hundred_times_at_once()
    {
        await using var host = await RulesHost.StartWithPersonasAsync(TimeProvider.System, services => services.AddSingleton(Unlimited.SignIns));
        var code = Totp.Compute(CarolsSeed, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => SignInWhenThereIsRoomAsync(host, code, $"client-{i}")));

        results.OfType<SignInResult.SignedIn>().Count().ShouldBe(1);
        results.OfType<SignInResult.Refused>().ShouldAllBe(refused => refused.Code == PlexErrorCode.VerificationCodeInvalid);
    }

    [Fact, Requirement("T8")]
    public async Task A_used_code_is_not_revived_by_setting_the_clock_back()
    {
        await using var host = await StartAsync();
        var code = Code();
        await host.SignInAsync("carol", "carol-password", code);

        _time.SetWallClockBy(TimeSpan.FromSeconds(-60));

        (await host.TrySignInAsync("carol", "carol-password", code)).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
        (await host.TrySignInAsync("carol", "carol-password", Code())).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
    }

    [Fact]
    public async Task A_code_for_an_account_without_second_factor_is_ignored()
    {
        await using var host = await StartAsync();

        (await host.TrySignInAsync("alice", "alice-password", "000000")).ShouldBeOfType<SignInResult.SignedIn>();
    }

    [Fact]
    public async Task A_right_password_that_ends_in_six_digits_is_taken_whole()
    {
        await using var host = await StartAsync();
        await host.Get<AccountService>().CreateAsync("olga", "olga@example.com", "agent-000007", Actor.Operator, RulesHost.Cancelled);

        (await host.TrySignInAsync("olga", "agent-000007")).ShouldBeOfType<SignInResult.SignedIn>();
    }

    [Fact]
    public async Task A_disabled_account_is_refused_everything_from_that_moment()
    {
        await using var host = await StartAsync();
        var token = await host.SignInAsync("bob", "bob-password");
        var bob = (await host.GrantAsync(token)).AccountId;

        (await host.Get<AccountService>().SetDisabledAsync(bob, disabled: true, Actor.Operator, RulesHost.Cancelled)).ShouldBeTrue();

        (await host.ValidateAsync(token)).ShouldBeNull();
        (await host.TrySignInAsync("bob", "bob-password")).ShouldBe(new SignInResult.Refused(PlexErrorCode.Unauthorized));
    }

    private static async Task<SignInResult> SignInWhenThereIsRoomAsync(RulesHost host, string code, string client)
    {
        while (true)
        {
            var result = await host.TrySignInAsync("carol", "carol-password", code, client);
            if (result is not SignInResult.Busy)
                return result;
            await Task.Yield();
        }
    }

    private Task<RulesHost> StartAsync() => RulesHost.StartWithPersonasAsync(_time);

    private string Code() => Totp.Compute(CarolsSeed, _time.GetUtcNow().ToUnixTimeSeconds() / 30);

    private string WrongCode()
    {
        var step = _time.GetUtcNow().ToUnixTimeSeconds() / 30;
        var right = Enumerable.Range(-1, 3).Select(offset => Totp.Compute(CarolsSeed, step + offset)).ToList();
        return Enumerable.Range(0, 4).Select(n => $"{n}{n}{n}{n}{n}{n}").First(code => !right.Contains(code));
    }
}
