using PlexAuth.Server.Tests.Data;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Tests.Tokens;

/// <summary>On SQLite alone: over PostgreSQL another replica's revocation may end what is remembered at any time, and tests beside this one revoke.</summary>
public sealed class RememberedCheckTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_check_is_remembered_for_five_seconds_with_what_was_rendered_from_it()
    {
        await using var host = await RulesHost.StartWithPersonasAsync(_time);
        var grant = await host.GrantAsync("alice-dev-token-0001");
        grant.Documents["user.json"] = [1];

        _time.Advance(TokenCache.Lifetime - TimeSpan.FromMilliseconds(1));
        (await host.ValidateAsync("alice-dev-token-0001")).ShouldBeSameAs(grant);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var afresh = await host.GrantAsync("alice-dev-token-0001");

        afresh.ShouldNotBeSameAs(grant);
        afresh.Documents.ShouldBeEmpty();
    }
}
