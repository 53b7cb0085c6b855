using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Accounts;

[Requirement("T2"), Requirement("RA3"), Requirement("T27")]
public class SignInCostTests
{
    private static readonly string TooManyCodePoints = new('x', 257);
    private static readonly string TooManyBytes = new('x', 5000);

    /// <summary>Login, password, code, hashes: every way through a sign-in, with and without digits at the end.</summary>
    public static TheoryData<string?, string?, string?, int> Paths
    {
        get
        {
            var paths = new TheoryData<string?, string?, string?, int>();
            foreach (var login in (string?[])["alice", "alice@example.com", "carol", "erin", "heidi", "nobody", "", null, new string('a', 5000), "al\u0000ice"])
            {
                foreach (var password in (string?[])["alice-password", "carol-password", "heidi-password", "wrong", "", null, "nul\0", TooManyCodePoints, TooManyBytes, "päss wörd 🙂"])
                {
                    paths.Add(login, password, null, 1);
                    paths.Add(login, password, "", 1);
                    paths.Add(login, password, "123456", 1);
                    paths.Add(login, password + "123456", null, 2);
                    paths.Add(login, password + "123456", "654321", 1);
                }
            }

            return paths;
        }
    }

    [Fact]
    public async Task The_number_and_cost_of_hashes_depend_on_nothing_but_the_input()
    {
        var hasher = new CountingHasher();
        await using var host = await StartAsync(hasher);
        foreach (var path in Paths)
        {
            hasher.TakeCosts();
            await host.TrySignInAsync(path.Data.Item1, path.Data.Item2, path.Data.Item3);

            hasher.TakeCosts().ShouldBe(Enumerable.Repeat(1000, path.Data.Item4), customMessage: $"login {path.Data.Item1}, password of {path.Data.Item2?.Length}, code {path.Data.Item3}");
        }
    }

    [Fact]
    public async Task A_hash_with_fewer_iterations_is_renewed_once_and_after_the_answer()
    {
        using var directory = new TemporaryDirectory();
        await using (var old = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path))
            await old.Get<AccountService>().CreateAsync("olga", "olga@example.com", "long enough", Actor.Operator, RulesHost.Cancelled);
        var hasher = new CountingHasher(iterations: 2000);
        await using var host = await RulesHost.StartAsync(
            options => (options.DataDirectory, options.PasswordHashIterations) = (directory.Path, 2000), replace: services => services.AddSingleton<IPasswordHasher<Account>>(hasher));

        await host.SignInAsync("olga", "long enough");
        await host.Get<PasswordRenewal>().Latest;
        hasher.TakeCosts().ShouldBe([1000, 2000]);

        await host.SignInAsync("olga", "long enough");
        await host.Get<PasswordRenewal>().Latest;
        hasher.TakeCosts().ShouldBe([2000]);
    }

    [Fact]
    public async Task A_wrong_password_renews_nothing()
    {
        var hasher = new CountingHasher(iterations: 1000);
        await using var host = await StartAsync(hasher);
        hasher.TakeCosts();

        await host.TrySignInAsync("alice", "wrong");
        await host.Get<PasswordRenewal>().Latest;

        hasher.TakeCosts().ShouldBe([1000]);
    }

    private static Task<RulesHost> StartAsync(CountingHasher hasher) =>
        RulesHost.StartWithPersonasAsync(replace: services => services.AddSingleton<IPasswordHasher<Account>>(hasher).AddSingleton(Unlimited.SignIns));
}
