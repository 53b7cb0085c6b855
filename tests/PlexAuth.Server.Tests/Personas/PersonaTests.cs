using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Personas;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Personas;

public class PersonaTests
{
    [Fact]
    public async Task Personas_are_what_their_documentation_says()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();
        async Task<Account> AccountAsync(int id) => (await host.Get<AccountStore>().FindAsync(id, RulesHost.Cancelled)).ShouldNotBeNull();
        var (alice, carol, erin, frank, grace, heidi) = (await AccountAsync(1), await AccountAsync(3), await AccountAsync(5), await AccountAsync(6), await AccountAsync(7), await AccountAsync(8));

        (alice.Username, alice.SubscriptionActive, alice.HomeAdmin, alice.HomeSize, alice.Restricted).ShouldBe(("alice", true, true, 3, false));
        (carol.TwoFactorEnabled, carol.HomeId, carol.HomeSize).ShouldBe((true, null, 1));
        (erin.Title, erin.Username, erin.Email, erin.HasPassword, erin.Restricted, erin.Protected, erin.HomeId).ShouldBe(("erin", "", "", false, true, true, alice.HomeId));
        (frank.Restricted, frank.Protected, frank.HomeAdmin, frank.HomeId).ShouldBe((false, true, false, alice.HomeId));
        (grace.Confirmed, heidi.Disabled).ShouldBe((false, true));
        new[] { alice, carol, erin, frank, grace, heidi }.ShouldAllBe(account => account.Uuid.Length == 16);
    }

    [Fact]
    public async Task A_database_with_accounts_is_not_given_personas()
    {
        using var directory = new TemporaryDirectory();
        await using (var first = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path))
            await first.Get<AccountService>().CreateAsync("olga", "olga@example.com", "long enough", Actor.Operator, RulesHost.Cancelled);

        await using var second = await RulesHost.StartAsync(options => (options.DataDirectory, options.DevPersonas) = (directory.Path, true));

        (await second.ReadAsync<int>("SELECT COUNT(*) FROM accounts")).ShouldBe(1);
        (await second.ValidateAsync("alice-dev-token-0001")).ShouldBeNull();
    }

    [Fact]
    public async Task Without_being_asked_for_there_are_none()
    {
        await using var host = await RulesHost.StartAsync();

        foreach (var persona in PlexAuthPersona.All)
            (await host.ValidateAsync(persona.Token)).ShouldBeNull();
        (await host.ReadAsync<int>("SELECT COUNT(*) FROM accounts")).ShouldBe(0);
    }

    [Fact]
    public void Hashes_made_beforehand_are_of_the_documented_secrets_at_the_full_cost()
    {
        var hasher = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 220_000 }));
        var hashes = new PersonaHashes(hasher, Options.Create(new PlexAuthServerOptions()));

        foreach (var secret in PlexAuthPersona.All.SelectMany(persona => (string?[])[persona.Password, persona.HomePin]).OfType<string>())
            hasher.VerifyHashedPassword(null!, hashes.Of(secret), secret).ShouldBe(PasswordVerificationResult.Success);
    }
}
