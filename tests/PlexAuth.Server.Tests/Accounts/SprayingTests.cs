using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Tests.Data;
using SignInResult = PlexAuth.Server.Accounts.SignInResult;

namespace PlexAuth.Server.Tests.Accounts;

/// <summary>Five thousand addresses in networks of their own, none of which does anything conspicuous.</summary>
[Requirement("T3")]
public sealed class SprayingTests
{
    private const int Addresses = 5000;
    private const int AcceptedInTenMinutes = 600;
    private readonly FakeTimeProvider _time = new();
    private readonly CountingHasher _hasher = new();

    [Fact, Requirement("RA10")]
    public async Task Against_one_account_they_get_no_more_than_a_hundred_guesses_a_day()
    {
        await using var host = await StartAsync();

        for (var i = 0; i < Addresses; i++)
        {
            await TryAsync(host, "bob", "wrong", AddressOf(i));
            _time.Advance(TimeSpan.FromDays(1) / Addresses);
        }

        _hasher.TakeCosts().Count.ShouldBeInRange(50, 100);
    }

    [Fact]
    public async Task Against_all_accounts_together_they_get_what_is_allowed_and_people_at_home_notice_nothing()
    {
        await using var host = await StartAsync();
        await host.Get<PlexAuthAccounts>().ImportAsync(
            new() { Accounts = [.. Enumerable.Range(0, 2000).Select(i => new PlexAuthExportedAccount { Username = $"person-{i}", Email = $"person-{i}@example.com" })] }, RulesHost.Cancelled);
        var token = (await TryAsync(host, "alice", "alice-password", "192.0.2.10")).ShouldBeOfType<SignInResult.SignedIn>().Token.Reveal();
        _hasher.TakeCosts();

        for (var i = 0; i < Addresses; i++)
        {
            await TryAsync(host, $"person-{i % 2000}", "Winter2030!", AddressOf(i));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        _hasher.TakeCosts().Count.ShouldBe(AcceptedInTenMinutes);
        (await TryAsync(host, "alice", "alice-password", "192.0.2.77")).ShouldBeOfType<SignInResult.SignedIn>("from where she always is");
        (await host.ValidateAsync(token)).ShouldNotBeNull();
        var stranger = (await TryAsync(host, "alice", "alice-password", "198.51.100.1")).ShouldBeOfType<SignInResult.Throttled>();
        stranger.ShouldSatisfyAllConditions(
            it => it.Code.ShouldBe(PlexErrorCode.RateLimited), it => it.RetryAfter.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)));

        _time.Advance(stranger.RetryAfter);
        (await TryAsync(host, "alice", "alice-password", "198.51.100.1")).ShouldBeOfType<SignInResult.SignedIn>("what is closed opens again by itself");
    }

    [Fact]
    public async Task People_who_sign_in_somewhere_new_use_nothing_up()
    {
        await using var host = await StartAsync();

        for (var i = 0; i < AcceptedInTenMinutes + 10; i++)
            (await TryAsync(host, "bob", "bob-password", AddressOf(i))).ShouldBeOfType<SignInResult.SignedIn>();
    }

    private async Task<RulesHost> StartAsync()
    {
        var host = await RulesHost.StartWithPersonasAsync(_time, services => services.AddSingleton<IPasswordHasher<Account>>(_hasher));
        _hasher.TakeCosts();
        return host;
    }

    private static string AddressOf(int number) => $"10.{number % 250}.{number / 250}.1";

    private static Task<SignInResult> TryAsync(RulesHost host, string login, string password, string address) => host.Get<SignInService>().SignInAsync(
        new SignInAttempt(login, password, VerificationCode: null, new ClientIdentity("test-client"), IPAddress.Parse(address)), RulesHost.Cancelled);
}
