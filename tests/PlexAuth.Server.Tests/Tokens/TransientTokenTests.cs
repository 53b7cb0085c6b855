using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Tests.Data;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.Tests.Tokens;

[Requirement("RT5"), Requirement("T16")]
public class TransientTokenTests
{
    private const string Alice = "alice-dev-token-0001";
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(Alice, "Owner")]
    [InlineData("bob-dev-token-000001", "Shared")]
    public async Task It_has_the_access_of_its_parent(string parent, string access)
    {
        await using var host = await StartAsync();
        var minted = await MintAsync(host, parent);

        var grant = await host.GrantAsync(minted.Token.Reveal());

        (grant.Kind, grant.ParentKind, grant.Access.ToString(), grant.ExpiresAt).ShouldBe((PlexTokenKind.Transient, PlexTokenKind.Account, access, minted.ExpiresAt));
        grant.AccountId.ShouldBe((await host.GrantAsync(parent)).AccountId);
        grant.MachineIdentifier.ShouldBe("0123456789abcdef0123456789abcdef01234567");
    }

    [Fact]
    public async Task It_ends_after_48_hours_and_not_before()
    {
        await using var host = await StartAsync();
        var minted = await MintAsync(host, Alice);
        minted.ExpiresAt.ShouldBe(_time.GetUtcNow().AddHours(48));

        _time.Advance(TimeSpan.FromHours(48) - TimeSpan.FromMilliseconds(2));
        (await host.ValidateAsync(minted.Token.Reveal())).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromMilliseconds(2));

        (await host.ValidateAsync(minted.Token.Reveal())).ShouldBeNull();
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(30)]
    public async Task It_never_lasts_longer_for_a_clock_that_was_set(int hours)
    {
        await using var host = await StartAsync();
        var token = (await MintAsync(host, Alice)).Token.Reveal();

        _time.SetWallClockBy(TimeSpan.FromHours(hours));
        _time.Advance(TimeSpan.FromHours(48));

        (await host.ValidateAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task It_never_outlives_its_parent()
    {
        await using var host = await StartAsync();
        var parent = await host.SignInAsync("alice", "alice-password");
        await host.SignInAsync("alice", "alice-password");
        var minted = await MintAsync(host, parent);

        minted.ExpiresAt.ShouldBe(_time.GetUtcNow() + TokenGate.Grace);
        _time.Advance(TokenGate.Grace);

        (await host.ValidateAsync(minted.Token.Reveal())).ShouldBeNull();
    }

    [Fact]
    public async Task It_never_outlives_a_parent_whose_end_came_nearer_after_it_was_made()
    {
        await using var host = await StartAsync();
        var parent = await host.SignInAsync("alice", "alice-password");
        var token = (await MintAsync(host, parent)).Token.Reveal();
        await host.SignInAsync("alice", "alice-password");

        _time.Advance(TokenGate.Grace - TimeSpan.FromSeconds(1));
        (await host.ValidateAsync(token)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await host.ValidateAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task It_dies_with_its_parents_sign_out_even_when_it_was_just_used()
    {
        await using var host = await StartAsync();
        var parent = await host.SignInAsync("alice", "alice-password");
        var token = (await MintAsync(host, parent)).Token.Reveal();
        (await host.ValidateAsync(token)).ShouldNotBeNull();

        await host.Get<SignOutService>().SignOutAsync(await host.GrantAsync(parent), Actor.Operator, RulesHost.Cancelled);

        (await host.ValidateAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task It_dies_with_its_account_even_when_it_was_just_used()
    {
        await using var host = await StartAsync();
        var token = (await MintAsync(host, Alice)).Token.Reveal();
        var grant = await host.GrantAsync(token);

        await host.Get<AccountService>().SetDisabledAsync(grant.AccountId, disabled: true, Actor.Operator, RulesHost.Cancelled);

        (await host.ValidateAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task It_dies_with_the_instance_while_its_parent_lives_on()
    {
        using var directory = new TemporaryDirectory();
        string token;
        await using (var first = await StartAsync(directory))
            token = (await MintAsync(first, Alice)).Token.Reveal();

        await using var second = await StartAsync(directory);

        (await second.ValidateAsync(token)).ShouldBeNull();
        (await second.ValidateAsync(Alice)).ShouldNotBeNull();
    }

    [Fact]
    public async Task It_mints_nothing_and_signs_nobody_out()
    {
        await using var host = await StartAsync();
        var grant = await host.GrantAsync((await MintAsync(host, Alice)).Token.Reveal());

        host.Get<DelegationService>().Delegate(grant, new PlexToken("a-token")).ShouldBeNull();
        (await host.Get<SignOutService>().SignOutAsync(grant, Actor.Operator, RulesHost.Cancelled)).ShouldBeFalse();
        (await host.ValidateAsync(Alice)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Nobody_without_access_gets_one()
    {
        await using var host = await StartAsync();

        host.Get<DelegationService>().Delegate(await host.GrantAsync("dave-dev-token-00001"), new PlexToken("dave-dev-token-00001")).ShouldBeNull();
    }

    [Fact]
    public async Task Any_change_to_it_makes_it_worthless()
    {
        await using var host = await StartAsync();
        var token = (await MintAsync(host, Alice)).Token.Reveal();

        for (var i = TransientTokens.Prefix.Length; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            (await host.ValidateAsync(changed)).ShouldBeNull();
        }

        foreach (var other in (string[])[token[..^1], token + "A", token + "=", token.ToUpperInvariant(), TransientTokens.Prefix + " " + token[11..]])
            (await host.ValidateAsync(other)).ShouldBeNull();
    }

    [Fact]
    public async Task One_for_another_source_is_refused_here()
    {
        await using var host = await StartAsync();
        var token = host.Get<TransientTokens>().Mint(await host.GrantAsync(Alice), "89abcdef0123456789abcdef0123456789abcdef").ShouldNotBeNull();

        (await host.ValidateAsync(token.Token.Reveal())).ShouldBeNull();
    }

    [Fact]
    public async Task Minting_writes_nothing()
    {
        await using var host = await StartAsync();
        var changes = OnPostgresAttribute.OfThisTest ? "SELECT COUNT(*) + (SELECT COUNT(*) FROM settings) + (SELECT COUNT(*) FROM devices) FROM tokens" : "SELECT total_changes()";
        var before = await host.ReadAsync<long>(changes);

        for (var i = 0; i < 1000; i++)
            await MintAsync(host, Alice);

        (await host.ReadAsync<long>(changes)).ShouldBe(before);
    }

    private static async Task<TransientToken> MintAsync(RulesHost host, string parent) =>
        host.Get<DelegationService>().Delegate(await host.GrantAsync(parent), new PlexToken(parent)).ShouldNotBeNull();

    private Task<RulesHost> StartAsync(TemporaryDirectory? directory = null) =>
        RulesHost.StartAsync(options => (options.DevPersonas, options.DataDirectory) = (true, directory?.Path), _time);
}
