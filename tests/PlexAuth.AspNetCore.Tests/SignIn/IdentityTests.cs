using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.AspNetCore.Tests.SignIn;

/// <summary>The external login of ASP.NET Core Identity, as its own templates do it.</summary>
public sealed class IdentityTests
{
    [Fact]
    public async Task A_person_becomes_a_user_of_the_application_at_the_first_sign_in_and_is_known_at_the_second()
    {
        var users = new Users();
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, options => options.SignInScheme = IdentityConstants.ExternalScheme, services => AddIdentity(services, users), Map);
        using var browser = new Browser(app.Address);

        (await SignInAsync(browser, plex)).ShouldBe("created alice a11ce00000000001 alice@example.com");
        (await browser.GetAsync("/whoami")).Body.ShouldBe("alice");
        using var otherBrowser = new Browser(app.Address);
        (await SignInAsync(otherBrowser, plex)).ShouldBe("known alice token kept: True");
        (await otherBrowser.GetAsync("/whoami")).Body.ShouldBe("alice");
        users.ByLogin.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_takes_over_the_external_logins_token_passes_access_policies()
    {
        var users = new Users();
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, options => options.SignInScheme = IdentityConstants.ExternalScheme, services => AddIdentity(services, users), Map);
        using var browser = new Browser(app.Address);

        await SignInAsync(browser, plex);

        (await browser.GetAsync("/friends")).Body.ShouldBe("in");
    }

    private static async Task<string> SignInAsync(Browser browser, AccountStub plex)
    {
        var signIn = await browser.StartSignInAsync("/external");
        plex[signIn.Code].AllowedBy = Person.Alice;
        var back = await browser.GetAsync(signIn.ForwardUrl);
        back.Status.ShouldBe(HttpStatusCode.Redirect);
        return (await browser.GetAsync(back.Location)).Body;
    }

    private static void AddIdentity(IServiceCollection services, Users users)
    {
        services.AddSingleton(users);
        services.AddIdentityCore<User>().AddSignInManager().AddUserStore<UserStore>();
        services.AddAuthentication(options => options.DefaultScheme = IdentityConstants.ApplicationScheme).AddIdentityCookies();
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/external", (SignInManager<User> signIn) =>
            TypedResults.Challenge(signIn.ConfigureExternalAuthenticationProperties(PlexDefaults.AuthenticationScheme, "/external/callback"), [PlexDefaults.AuthenticationScheme]));
        app.MapGet("/external/callback", async (SignInManager<User> signIn, UserManager<User> manager) =>
        {
            var login = await signIn.GetExternalLoginInfoAsync();
            if (login is null)
                return "no external login";

            var known = await signIn.ExternalLoginSignInAsync(login.LoginProvider, login.ProviderKey, isPersistent: false);
            if (known.Succeeded)
                return $"known {login.Principal.FindFirstValue(PlexClaimTypes.PreferredUsername)} token kept: {login.AuthenticationTokens!.Single().Value == Person.Alice.Token}";

            var user = new User { Name = login.Principal.FindFirstValue(PlexClaimTypes.PreferredUsername)! };
            (await manager.CreateAsync(user)).Succeeded.ShouldBeTrue();
            (await manager.AddLoginAsync(user, login)).Succeeded.ShouldBeTrue();
            var session = new AuthenticationProperties();
            session.StoreTokens(login.AuthenticationTokens!);
            session.Items[".AuthScheme"] = login.LoginProvider;
            await signIn.SignInWithClaimsAsync(user, session, []);
            return $"created {user.Name} {login.ProviderKey} {login.Principal.FindFirstValue(ClaimTypes.Email)}";
        });
        app.MapGet("/friends", () => "in").RequireAuthorization(policy => policy.RequirePlexServerAccess(Person.LivingRoom));
        app.MapGet("/whoami", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody");
    }

    private sealed class User
    {
        public string Id { get; } = Path.GetRandomFileName();

        public string Name { get; set; } = "";
    }

    private sealed class Users
    {
        public Dictionary<(string Provider, string Key), User> ByLogin { get; } = [];

        public Dictionary<string, User> ById { get; } = [];
    }

    private sealed class UserStore(Users users) : IUserLoginStore<User>
    {
        public Task AddLoginAsync(User user, UserLoginInfo login, CancellationToken cancellationToken)
        {
            users.ByLogin[(login.LoginProvider, login.ProviderKey)] = user;
            return Task.CompletedTask;
        }

        public Task<User?> FindByLoginAsync(string loginProvider, string providerKey, CancellationToken cancellationToken) =>
            Task.FromResult(users.ByLogin.GetValueOrDefault((loginProvider, providerKey)));

        public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken)
        {
            users.ById[user.Id] = user;
            return Task.FromResult(IdentityResult.Success);
        }

        public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(users.ById.GetValueOrDefault(userId));

        public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => Task.FromResult<User?>(null);

        public Task<IList<UserLoginInfo>> GetLoginsAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task RemoveLoginAsync(User user, string loginProvider, string providerKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

        public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

        public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

        public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

        public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
