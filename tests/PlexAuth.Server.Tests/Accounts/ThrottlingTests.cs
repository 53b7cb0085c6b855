using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Tests.Data;
using PlexAuth.Server.Throttling;
using SignInResult = PlexAuth.Server.Accounts.SignInResult;

namespace PlexAuth.Server.Tests.Accounts;

/// <summary>How often a sign-in may be tried.</summary>
[Requirement("RA8"), Requirement("RD2")]
public class ThrottlingTests
{
    private static readonly byte[] CarolsSeed = Base32.Decode(PlexAuthPersona.Carol.TotpSecret!);
    private readonly FakeTimeProvider _time = new();
    private readonly CountingHasher _hasher = new();

    [Fact, Requirement("T4")]
    public async Task Of_two_hundred_wrong_passwords_at_once_exactly_the_limit_is_hashed()
    {
        await using var host = await StartAsync(new SignInLimits { Login = new ThrottleRule.Ladder((5, TimeSpan.FromHours(1))) });

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => TryAsync(host, "alice", "wrong")));

        _hasher.TakeCosts().Count.ShouldBe(5);
        results.OfType<SignInResult.Refused>().Count().ShouldBe(5);
        results.OfType<SignInResult.Throttled>().ShouldAllBe(throttled => throttled.Code == PlexErrorCode.RateLimited && throttled.RetryAfter == TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("nobody-at-all")]
    public async Task Waits_grow_with_the_wrong_tries_for_logins_that_exist_and_that_do_not(string login)
    {
        await using var host = await StartAsync();
        var waits = new List<double>();
        for (var tries = 0; tries < 80;)
        {
            if (await TryAsync(host, login, "wrong") is SignInResult.Throttled throttled)
            {
                waits.Add(throttled.RetryAfter.TotalSeconds);
                _time.Advance(throttled.RetryAfter);
            }
            else
            {
                tries++;
            }
        }

        waits.GroupBy(wait => wait).Select(group => (group.Key, group.Count())).ShouldBe([(1, 2), (3, 4), (5, 15), (30, 55)]);
        (await TryAsync(host, login, "wrong")).ShouldBe(new SignInResult.Throttled(PlexErrorCode.RateLimited, TimeSpan.FromDays(1)));
        _time.Advance(TimeSpan.FromDays(1));
        (await TryAsync(host, login, "wrong")).ShouldBeOfType<SignInResult.Refused>("what is closed opens again by itself");
    }

    [Fact, Requirement("T5"), Requirement("RA10")]
    public async Task Strangers_cannot_lock_the_owner_out_of_a_network_that_they_sign_in_from()
    {
        await using var host = await StartAsync();
        var token = (await TryAsync(host, "alice", "alice-password", "192.0.2.10")).ShouldBeOfType<SignInResult.SignedIn>().Token.Reveal();
        var hashed = 0;
        for (var i = 0; i < 1500; i++)
        {
            hashed += await TryAsync(host, "alice", "wrong", $"10.{i % 250}.{i / 250}.1") is SignInResult.Refused ? 1 : 0;
            _time.Advance(TimeSpan.FromSeconds(20));
        }

        hashed.ShouldBeInRange(60, 100);
        (await TryAsync(host, "alice", "alice-password", "10.9.9.9")).ShouldBeOfType<SignInResult.Throttled>();
        (await TryAsync(host, "alice", "alice-password", "192.0.2.77")).ShouldBeOfType<SignInResult.SignedIn>("from the network they always are on");
        (await host.ValidateAsync(token)).ShouldNotBeNull();
    }

    [Fact, Requirement("T6")]
    public async Task All_spellings_of_one_account_share_one_count()
    {
        await using var host = await StartAsync();
        string[] spellings = ["alice", "ALICE", " alice ", "ａｌｉｃｅ", "Alice@Example.com", "alice@example.com", "ALICE＠example.com", "\u3000alice"];

        foreach (var spelling in Enumerable.Range(0, 5).SelectMany(_ => spellings))
            await TryAsync(host, spelling, "wrong");

        _hasher.TakeCosts().Count.ShouldBe(4);
    }

    [Fact]
    public async Task An_address_that_fails_for_many_logins_is_locked_out_for_longer_each_time()
    {
        await using var host = await StartAsync();

        (await LockOutAsync(host, "192.0.2.1")).ShouldBe(TimeSpan.FromMinutes(15));
        (await TryAsync(host, "alice", "alice-password", "192.0.2.1")).ShouldBeOfType<SignInResult.Throttled>().Code.ShouldBe(PlexErrorCode.LockedOut);
        (await TryAsync(host, "alice", "alice-password", "192.0.2.2")).ShouldBeOfType<SignInResult.SignedIn>();
        _time.Advance(TimeSpan.FromMinutes(15));
        (await LockOutAsync(host, "192.0.2.1")).ShouldBe(TimeSpan.FromMinutes(30));
        _time.Advance(TimeSpan.FromMinutes(30));
        (await TryAsync(host, "alice", "alice-password", "192.0.2.1")).ShouldBeOfType<SignInResult.SignedIn>();
    }

    [Fact]
    public async Task A_network_is_locked_out_when_its_addresses_take_turns()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 200; i++)
            await TryAsync(host, $"user-{i}", "wrong", $"192.0.2.{i}");

        (await TryAsync(host, "somebody", "wrong", "192.0.2.250")).ShouldBeOfType<SignInResult.Throttled>().Code.ShouldBe(PlexErrorCode.LockedOut);
        (await TryAsync(host, "somebody", "wrong", "192.0.3.250")).ShouldBeOfType<SignInResult.Refused>();
    }

    [Fact]
    public async Task Right_sign_ins_use_nothing_up()
    {
        await using var host = await StartAsync();

        for (var i = 0; i < 60; i++)
            (await TryAsync(host, "alice", "alice-password", "192.0.2.1")).ShouldBeOfType<SignInResult.SignedIn>();

        (await host.ReadAsync<int>("SELECT COALESCE(SUM(used), 0) FROM throttles")).ShouldBe(0);
    }

    [Fact]
    public async Task Apps_that_ask_for_the_code_only_when_told_to_use_nothing_up()
    {
        await using var host = await StartAsync();

        for (var i = 0; i < 40; i++)
            (await TryAsync(host, "carol", "carol-password", "192.0.2.1")).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeRequired));

        (await host.ReadAsync<int>("SELECT COALESCE(SUM(used), 0) FROM throttles")).ShouldBe(0);
    }

    [Fact, Requirement("T8")]
    public async Task Five_wrong_codes_close_for_a_quarter_of_an_hour_and_twenty_for_the_day()
    {
        await using var host = await StartAsync();
        for (var round = 0; round < 3; round++)
        {
            await FiveWrongCodesAsync(host);
            (await TryCodeAsync(host, Code())).ShouldBe(new SignInResult.Throttled(PlexErrorCode.LockedOut, TimeSpan.FromMinutes(15)));
            _time.Advance(TimeSpan.FromMinutes(15));
        }

        await FiveWrongCodesAsync(host);
        (await TryCodeAsync(host, Code())).ShouldBeOfType<SignInResult.Throttled>();
        _time.Advance(TimeSpan.FromMinutes(16));
        (await TryCodeAsync(host, Code())).ShouldBeOfType<SignInResult.Throttled>().RetryAfter.ShouldBeGreaterThan(TimeSpan.FromHours(23));
        _time.Advance(TimeSpan.FromDays(1));
        (await TryCodeAsync(host, Code())).ShouldBeOfType<SignInResult.SignedIn>();
    }

    [Fact, Requirement("T8"), Requirement("T4")]
    public async Task Of_a_hundred_wrong_codes_at_once_five_are_compared()
    {
        await using var host = await StartAsync();

        var results = new List<SignInResult>();
        foreach (var _ in Enumerable.Range(0, 10))
            results.AddRange(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TryCodeAsync(host, WrongCode()))));

        results.OfType<SignInResult.Refused>().Count().ShouldBe(5);
        results.OfType<SignInResult.Throttled>().Count().ShouldBe(35);
    }

    [Fact]
    public async Task A_try_that_found_no_room_to_be_hashed_was_no_try()
    {
        await using var host = await StartAsync(new SignInLimits { Login = new ThrottleRule.Ladder((1000, TimeSpan.FromHours(1))) });

        var results = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => TryAsync(host, "alice", "wrong")));

        (await host.ReadAsync<int>("SELECT used FROM throttles")).ShouldBe(results.OfType<SignInResult.Refused>().Count());
    }

    [Fact, Requirement("RD3")]
    public async Task Counts_are_swept_when_they_no_longer_matter()
    {
        await using var host = await StartAsync();
        await LockOutAsync(host, "192.0.2.1");
        await TryAsync(host, "alice", "alice-password");

        _time.Advance(TimeSpan.FromDays(31));
        await host.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<ExpirySweeper>().Single().SweepAsync(RulesHost.Cancelled);

        (await host.ReadAsync<int>("SELECT COUNT(*) FROM throttles")).ShouldBe(0);
        (await host.ReadAsync<int>("SELECT COUNT(*) FROM account_networks")).ShouldBe(0);
    }

    private static Task<SignInResult> TryAsync(RulesHost host, string login, string password, string? address = null, string? code = null) =>
        host.Get<SignInService>().SignInAsync(
            new SignInAttempt(login, password, code, new ClientIdentity("test-client"), address is null ? null : IPAddress.Parse(address)), RulesHost.Cancelled);

    private static Task<SignInResult> TryCodeAsync(RulesHost host, string code) => TryAsync(host, "carol", "carol-password", code: code);

    private static async Task<TimeSpan> LockOutAsync(RulesHost host, string address)
    {
        for (var i = 0; i < 30; i++)
            (await TryAsync(host, $"user-{Guid.NewGuid()}", "wrong", address)).ShouldBeOfType<SignInResult.Refused>();
        return (await TryAsync(host, "somebody", "wrong", address)).ShouldBeOfType<SignInResult.Throttled>().RetryAfter;
    }

    private async Task FiveWrongCodesAsync(RulesHost host)
    {
        for (var i = 0; i < 5; i++)
            (await TryCodeAsync(host, WrongCode())).ShouldBe(new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid));
    }

    private async Task<RulesHost> StartAsync(SignInLimits? limits = null)
    {
        var host = await RulesHost.StartWithPersonasAsync(_time, services =>
        {
            services.AddSingleton<IPasswordHasher<Account>>(_hasher);
            services.AddSingleton(limits ?? new SignInLimits());
        });
        _hasher.TakeCosts();
        return host;
    }

    private string Code() => Totp.Compute(CarolsSeed, _time.GetUtcNow().ToUnixTimeSeconds() / 30);

    private string WrongCode()
    {
        var step = _time.GetUtcNow().ToUnixTimeSeconds() / 30;
        var right = Enumerable.Range(-1, 3).Select(offset => Totp.Compute(CarolsSeed, step + offset)).ToList();
        return Enumerable.Range(0, 4).Select(n => $"{n}{n}{n}{n}{n}{n}").First(code => !right.Contains(code));
    }
}
