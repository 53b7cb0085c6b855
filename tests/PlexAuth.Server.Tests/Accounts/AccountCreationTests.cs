using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Accounts;

public class AccountCreationTests
{
    [Fact]
    public async Task The_first_account_owns_the_server_and_the_second_does_not()
    {
        await using var host = await RulesHost.StartAsync();
        (await host.Get<OwnServer>().IsClaimedAsync(RulesHost.Cancelled)).ShouldBeFalse();

        (await CreateAsync(host, "olga", "olga@example.com")).ShouldBeOfType<AccountCreation.Created>().OwnsServer.ShouldBeTrue();
        (await CreateAsync(host, "peter", "peter@example.com")).ShouldBeOfType<AccountCreation.Created>().OwnsServer.ShouldBeFalse();

        (await host.Get<OwnServer>().IsClaimedAsync(RulesHost.Cancelled)).ShouldBeTrue();
        (await host.GrantAsync(await host.SignInAsync("olga", "long enough"))).Access.ShouldBe(ServerAccess.Owner);
        (await host.GrantAsync(await host.SignInAsync("peter", "long enough"))).Access.ShouldBe(ServerAccess.None);
    }

    [Fact]
    public async Task A_later_account_does_not_own_a_server_that_its_owner_let_go()
    {
        await using var host = await RulesHost.StartAsync();
        await CreateAsync(host, "olga", "olga@example.com");
        await host.Get<Database>().WriteAsync(session => session.ExecuteAsync("UPDATE sources SET owner_account_id = NULL WHERE own = 1"), RulesHost.Cancelled);

        (await CreateAsync(host, "peter", "peter@example.com")).ShouldBeOfType<AccountCreation.Created>().OwnsServer.ShouldBeFalse();
    }

    [Fact, Requirement("RA5")]
    public async Task Before_somebody_adds_one_there_is_no_account_to_sign_in_with()
    {
        await using var host = await RulesHost.StartAsync();

        (await host.Get<PlexAuthAccounts>().ListAsync(RulesHost.Cancelled)).ShouldBeEmpty();
        foreach (var (login, password) in ((string, string)[])[("admin", "admin"), ("alice", "alice-password"), ("plex", "plex"), ("root", ""), ("1", "password")])
            (await host.TrySignInAsync(login, password)).ShouldBe(new SignInResult.Refused(PlexErrorCode.Unauthorized));
    }

    [Fact]
    public async Task Code_of_the_application_waits_for_its_turn_where_strangers_are_sent_away()
    {
        await using var host = await RulesHost.StartAsync(replace: services => services.AddSingleton<Microsoft.AspNetCore.Identity.IPasswordHasher<Account>>(new BusyHasher { Refusals = 3 }));
        var accounts = host.Get<PlexAuthAccounts>();

        var made = await accounts.CreateAsync("olga", "olga@example.com", "long enough", RulesHost.Cancelled);
        await accounts.ResetPasswordAsync(made.Id, "tide and lantern", cancellationToken: RulesHost.Cancelled);

        await host.SignInAsync("olga", "tide and lantern");
    }

    [Theory]
    [InlineData("olga", "other@example.com", "username")]
    [InlineData("OLGA", "other@example.com", "username")]
    [InlineData("other", "olga@example.com", "email")]
    [InlineData("other", "Olga@EXAMPLE.com", "email")]
    public async Task Names_are_taken_in_every_spelling(string username, string email, string field)
    {
        await using var host = await RulesHost.StartAsync();
        await CreateAsync(host, "olga", "olga@example.com");

        var refused = (await CreateAsync(host, username, email)).ShouldBeOfType<AccountCreation.Refused>();

        (refused.Code.Value, refused.Field).ShouldBe((1011, field));
    }

    [Fact]
    public async Task Of_many_who_want_one_name_at_once_one_gets_it()
    {
        await using var host = await RulesHost.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => CreateAsync(host, "olga", $"olga{i}@example.com")));

        results.OfType<AccountCreation.Created>().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("", "a@example.com", "long enough", 1010, "username")]
    [InlineData("a@b", "a@example.com", "long enough", 1037, "username")]
    [InlineData("olga smith", "a@example.com", "long enough", 1037, "username")]
    [InlineData("ølga", "a@example.com", "long enough", 1037, "username")]
    [InlineData("...", "a@example.com", "long enough", 1037, "username")]
    [InlineData("a234567890123456789012345678901234", "a@example.com", "long enough", 1047, "username")]
    [InlineData("olga", "", "long enough", 1010, "email")]
    [InlineData("olga", "olga", "long enough", 1035, "email")]
    [InlineData("olga", "@example.com", "long enough", 1035, "email")]
    [InlineData("olga", "olga@", "long enough", 1035, "email")]
    [InlineData("olga", "a@b@example.com", "long enough", 1035, "email")]
    [InlineData("olga", "a b@example.com", "long enough", 1035, "email")]
    [InlineData("olga", "a\r\n@example.com", "long enough", 1035, "email")]
    [InlineData("olga", "a@example.com", "", 1032, "password")]
    [InlineData("olga", "a@example.com", "1234567", 1032, "password")]
    [InlineData("olga", "a@example.com", "🙂🙂🙂🙂🙂🙂🙂", 1032, "password")]
    [InlineData("olga", "a@example.com", "has a \0 inside", 1033, "password")]
    [InlineData("olgasmith", "a@example.com", "OlgaSmith", 1034, "password")]
    [InlineData("olga", "a@example.com", "a@example.com", 1034, "password")]
    public async Task What_cannot_be_is_refused_with_its_field_and_a_reason(string username, string email, string password, int code, string field)
    {
        await using var host = await RulesHost.StartAsync();

        var refused = (await host.Get<AccountService>().CreateAsync(username, email, password, Actor.Operator, RulesHost.Cancelled)).ShouldBeOfType<AccountCreation.Refused>();

        (refused.Code.Value, refused.Field).ShouldBe((code, field));
        refused.Reason.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(15, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public async Task Passwords_of_eight_to_256_characters_of_any_kind_work(int length, bool works)
    {
        await using var host = await RulesHost.StartAsync();
        var password = string.Concat(Enumerable.Repeat("🙂", length));

        var result = await host.Get<AccountService>().CreateAsync("olga", "olga@example.com", password, Actor.Operator, RulesHost.Cancelled);

        (result is AccountCreation.Created).ShouldBe(works);
        (await host.TrySignInAsync("olga", password) is SignInResult.SignedIn).ShouldBe(works);
    }

    [Fact]
    public async Task Every_character_of_a_long_password_counts()
    {
        await using var host = await RulesHost.StartAsync();
        var password = new string('x', 100);
        await host.Get<AccountService>().CreateAsync("olga", "olga@example.com", password, Actor.Operator, RulesHost.Cancelled);

        (await host.TrySignInAsync("olga", password[..99] + "y")).ShouldBeOfType<SignInResult.Refused>();
        (await host.TrySignInAsync("olga", password + "x")).ShouldBeOfType<SignInResult.Refused>();
        (await host.TrySignInAsync("olga", password)).ShouldBeOfType<SignInResult.SignedIn>();
    }

    private static Task<AccountCreation> CreateAsync(RulesHost host, string username, string email) =>
        host.Get<AccountService>().CreateAsync(username, email, "long enough", Actor.Operator, RulesHost.Cancelled);
}
