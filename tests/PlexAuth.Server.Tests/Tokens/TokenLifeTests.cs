using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Tests.Data;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Tests.Tokens;

[Requirement("RT1"), Requirement("RT2"), Requirement("RT3"), Requirement("RT6")]
public class TokenLifeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Every_personas_token_works_but_heidis()
    {
        await using var host = await StartAsync();
        (string Name, ServerAccess? Access)[] expected =
        [
            ("alice", ServerAccess.Owner), ("bob", ServerAccess.Shared), ("carol", ServerAccess.None), ("dave", ServerAccess.None),
            ("erin", ServerAccess.Shared), ("frank", ServerAccess.Shared), ("grace", ServerAccess.None), ("heidi", null),
        ];

        foreach (var persona in PlexAuthPersona.All)
            (persona.Name, (await host.ValidateAsync(persona.Token))?.Access).ShouldBe(expected.Single(e => e.Name == persona.Name));
        PlexAuthPersona.All.ShouldAllBe(persona => persona.Token.Length == 20);
    }

    [Fact]
    public async Task Signing_in_again_ends_the_devices_former_token_after_five_minutes()
    {
        await using var host = await StartAsync();
        var former = await host.SignInAsync("alice", "alice-password");
        var present = await host.SignInAsync("alice", "alice-password");
        var elsewhere = await host.SignInAsync("alice", "alice-password", client: "another");

        _time.Advance(TokenGate.Grace - TimeSpan.FromMilliseconds(1));
        (await host.ValidateAsync(former)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await host.ValidateAsync(former)).ShouldBeNull();
        (await host.ValidateAsync(present)).ShouldNotBeNull();
        (await host.ValidateAsync(elsewhere)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Many_sign_ins_of_one_client_at_once_leave_few_rows()
    {
        await using var host = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.TrySignInAsync("bob", "bob-password")));

        (await host.ReadAsync<int>("SELECT COUNT(*) FROM devices WHERE client_identifier = 'test-client'")).ShouldBe(1);
        (await host.ReadAsync<int>("SELECT COUNT(*) FROM tokens t JOIN devices d ON d.id = t.device_id WHERE d.client_identifier = 'test-client'")).ShouldBeLessThanOrEqualTo(5);
        (await host.ReadAsync<int>("SELECT COUNT(*) FROM tokens t JOIN devices d ON d.id = t.device_id WHERE d.client_identifier = 'test-client' AND superseded_at IS NULL")).ShouldBe(1);
    }

    [Fact]
    public async Task Signing_out_ends_the_devices_former_tokens_too()
    {
        await using var host = await StartAsync();
        var former = await host.SignInAsync("alice", "alice-password");
        var present = await host.SignInAsync("alice", "alice-password");

        await host.Get<SignOutService>().SignOutAsync(await host.GrantAsync(present), Actor.Operator, RulesHost.Cancelled);

        (await host.ValidateAsync(former)).ShouldBeNull();
    }

    [Fact]
    public async Task Signing_out_ends_the_token_at_once_and_no_other()
    {
        await using var host = await StartAsync();
        var token = await host.SignInAsync("alice", "alice-password");
        var grant = await host.GrantAsync(token);

        (await host.Get<SignOutService>().SignOutAsync(grant, Actor.Operator, RulesHost.Cancelled)).ShouldBeTrue();

        (await host.ValidateAsync(token)).ShouldBeNull();
        (await host.ValidateAsync("alice-dev-token-0001")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_check_that_began_before_a_revocation_is_not_remembered_after_it()
    {
        await using var host = await StartAsync();
        var cache = host.Get<TokenCache>();
        var grant = await host.GrantAsync("alice-dev-token-0001");
        var before = cache.Revocations;
        cache.Forget(kept => kept.TokenId == grant.TokenId);

        cache.Keep(TokenHash.Of("alice-dev-token-0001"), grant, before);

        cache.Find(TokenHash.Of("alice-dev-token-0001")).ShouldBeNull();
    }

    [Fact]
    public async Task The_memory_of_checks_is_bounded()
    {
        await using var host = await StartAsync();
        var cache = host.Get<TokenCache>();
        var grant = await host.GrantAsync("alice-dev-token-0001");

        for (var i = 0; i < 25_000; i++)
            cache.Keep(TokenHash.Of($"token {i}"), grant, cache.Revocations);

        Enumerable.Range(0, 25_000).Count(i => cache.Find(TokenHash.Of($"token {i}")) is not null).ShouldBeInRange(1, 10_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice-dev-token-0002")]
    [InlineData("ALICE-DEV-TOKEN-0001")]
    [InlineData("alice-dev-token-0001 ")]
    [InlineData("transient-")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\0\ud800ä")]
    public async Task Anything_else_is_refused(string token)
    {
        await using var host = await StartAsync();

        (await host.ValidateAsync(token)).ShouldBeNull();
        (await host.ValidateAsync(token + new string('x', 100_000))).ShouldBeNull();
    }

    [Fact]
    public async Task Expired_tokens_are_swept_away_in_portions()
    {
        await using var host = await StartAsync();
        await host.Get<Database>().WriteAsync(
            session => session.ExecuteAsync(
                "INSERT INTO tokens (hash, kind, account_id, device_id, created_at, superseded_at, expires_at) VALUES (@hash, 0, 1, 1, 0, 0, 1)",
                Enumerable.Range(0, 1200).Select(i => new { hash = BitConverter.GetBytes(i) })),
            RulesHost.Cancelled);

        (await host.Get<IEnumerable<Microsoft.Extensions.Hosting.IHostedService>>().OfType<ExpirySweeper>().Single().SweepAsync(RulesHost.Cancelled)).ShouldBe(1200);

        (await host.ValidateAsync("alice-dev-token-0001")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_device_is_last_seen_when_its_token_was_last_checked()
    {
        await using var host = await StartAsync();
        _time.Advance(TimeSpan.FromHours(3));
        await host.GrantAsync("alice-dev-token-0001");

        await host.Get<Server.Devices.DeviceActivity>().WriteAsync(RulesHost.Cancelled);

        (await host.ReadAsync<long>("SELECT last_seen_at FROM devices WHERE client_identifier = 'plexauth-dev-alice'")).ShouldBe(_time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Tokens_have_24_unbiased_characters_that_start_alphanumeric()
    {
        var random = new SystemRandomSource();
        var tokens = Enumerable.Range(0, 20_000).Select(_ => TokenGenerator.Create(random).Reveal()).ToList();

        tokens.ShouldAllBe(token => token.Length == 24 && char.IsAsciiLetterOrDigit(token[0]) && token.All(c => char.IsAsciiLetterOrDigit(c) || c == '-' || c == '_'));
        tokens.Distinct(StringComparer.Ordinal).Count().ShouldBe(tokens.Count);
        var counts = tokens.Select(token => token[7]).CountBy(character => character).Select(pair => pair.Value).ToList();
        counts.Count.ShouldBe(64);
        var expected = tokens.Count / 64.0;
        counts.Sum(count => (count - expected) * (count - expected) / expected).ShouldBeLessThan(140, "chi-square of 63 degrees of freedom is above 140 once in a million runs");
    }

    [Fact, Requirement("T7")]
    public void Only_the_gate_makes_tokens()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "PlexAuth.slnx")))
            root = root.Parent;
        var sources = Directory.GetFiles(Path.Combine(root.FullName, "src", "PlexAuth.Server"), "*.cs", SearchOption.AllDirectories);

        sources.Where(file => File.ReadAllText(file).Contains("INSERT INTO tokens", StringComparison.OrdinalIgnoreCase)).Select(Path.GetFileName).ShouldBe(["TokenStore.cs"]);
        sources.Where(file => File.ReadAllText(file).Contains("TokenStore.InsertAsync", StringComparison.Ordinal)).Select(Path.GetFileName).ShouldBe(["TokenGate.cs"]);
    }

    private Task<RulesHost> StartAsync() => RulesHost.StartWithPersonasAsync(_time);
}
