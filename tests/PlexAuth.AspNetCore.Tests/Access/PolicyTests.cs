using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PlexAuth.AspNetCore.Tests.Access;

public sealed class PolicyTests
{
    private readonly TestClock _clock = new();

    [Theory]
    [InlineData("Alice", "account home owner server")]
    [InlineData("Frank", "account home server")]
    [InlineData("Bob", "account server")]
    [InlineData("Dave", "account")]
    public async Task Each_person_gets_in_where_their_access_reaches(string name, string open)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, People[name]);

        var entered = new List<string>();
        foreach (var door in new[] { "account", "home", "owner", "server" })
        {
            var answer = await browser.GetAsync($"/{door}");
            if (answer.Status == HttpStatusCode.OK)
                entered.Add(door);
            else
                answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        }

        string.Join(' ', entered).ShouldBe(open);
    }

    [Theory]
    [InlineData("Dave", "/server", "This Plex account has no access to the media server.")]
    [InlineData("Bob", "/owner", "This is for the owner of the media server.")]
    [InlineData("Bob", "/home", "This is for the Plex Home of the media server&#x27;s owner.")]
    public async Task A_refusal_says_why_on_a_page_of_its_own(string name, string door, string reason)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, People[name]);

        var answer = await browser.GetAsync(door, ("Accept", "text/html"));

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Body.ShouldContain($"<p>{reason}</p>");
        answer.Headers["Cache-Control"].ShouldBe("no-store");
    }

    [Fact]
    public async Task A_program_gets_the_reason_as_problem_details()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Dave);

        var answer = await browser.GetAsync("/server", ("Accept", "application/json"));

        answer.Headers["Content-Type"].ShouldStartWith("application/problem+json");
        JsonDocument.Parse(answer.Body).RootElement.GetProperty("detail").GetString().ShouldBe("This Plex account has no access to the media server.");
    }

    [Fact]
    public async Task Without_the_reasons_page_the_session_scheme_decides_where_a_refusal_goes()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(plex, services: AddPolicies, map: Map);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Dave);

        (await browser.GetAsync("/server")).Location.ShouldContain("/Account/AccessDenied");
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_asked_to()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);

        (await browser.GetAsync("/server")).Location.ShouldContain("/Account/Login");
        plex.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Access_is_asked_once_in_five_minutes_and_bridged_over_an_outage()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Bob);

        await browser.GetAsync("/server");
        await browser.GetAsync("/home");
        plex.CallsTo("/resources").ShouldBe(1);

        plex.Outage = 503;
        _clock.Advance(TimeSpan.FromMinutes(6));
        (await browser.GetAsync("/server")).Status.ShouldBe(HttpStatusCode.OK);

        _clock.Advance(TimeSpan.FromHours(1));
        var answer = await browser.GetAsync("/server", ("Accept", "text/html"));
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Body.ShouldContain("could not be checked");
    }

    [Theory]
    [InlineData(503)]
    [InlineData(418)]
    [InlineData(302)]
    public async Task What_cannot_be_established_is_refused(int status)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Alice);
        plex.Outage = status;

        (await browser.GetAsync("/owner")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_revoked_sign_in_is_refused_with_the_reason()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Alice);
        plex.Revoked[Person.Alice.Token] = true;

        (await browser.GetAsync("/owner", ("Accept", "text/html"))).Body.ShouldContain("Plex no longer accepts this sign-in.");
    }

    [Fact]
    public async Task A_session_without_the_token_is_refused_with_the_remedy()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex, options => options.SaveTokens = false);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Alice);

        (await browser.GetAsync("/owner", ("Accept", "text/html"))).Body.ShouldContain("SaveTokens");
    }

    [Fact]
    public async Task Calls_with_a_token_pass_the_same_policies()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(
            authentication => authentication.AddPlexToken(options =>
            {
                options.ClientIdentifier = "my-app-7f3c";
                options.AccountUrl = plex.AccountUrl;
            }),
            services => services.AddPlexAccess(options => options.MachineIdentifier = Person.LivingRoom),
            web => web.MapGet("/api", () => "films").RequireAuthorization(policy => policy.AddAuthenticationSchemes("PlexToken").RequirePlexServerAccess()));
        using var client = new Browser(app.Address);

        (await client.GetAsync("/api", (PlexHeaders.Token, Person.Bob.Token))).Body.ShouldBe("films");
        (await client.GetAsync("/api", (PlexHeaders.Token, Person.Dave.Token))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync("/api")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_accounts_token_does_not_open_a_door_for_the_session(bool sessionHasToken)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(
            authentication =>
            {
                authentication.AddPlex(options => Configure(options, plex, sessionHasToken)).AddPlexToken(options =>
                {
                    options.ClientIdentifier = "my-app-7f3c";
                    options.AccountUrl = plex.AccountUrl;
                });
            },
            services =>
            {
                services.AddPlexAccess();
                AddPolicies(services);
            },
            Map);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Dave);

        (await browser.GetAsync("/owner", (PlexHeaders.Token, Person.Alice.Token))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_token_of_another_provider_never_reaches_the_account_service()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(
            authentication => authentication.AddScheme<AuthenticationSchemeOptions, OwnApiHandler>("OwnApi", configureOptions: null).AddPlex(options => Configure(options, plex, saveTokens: true)),
            services =>
            {
                services.AddAuthentication("OwnApi");
                services.AddPlexAccess();
                AddPolicies(services);
            },
            Map);
        using var client = new Browser(app.Address);

        (await client.GetAsync("/owner")).Status.ShouldBe(HttpStatusCode.Forbidden);
        plex.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Google", false)]
    [InlineData(null, true)]
    public async Task A_session_that_another_provider_may_have_begun_is_asked_about_nowhere(string? startedBy, bool severalProviders)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(
            authentication =>
            {
                authentication.AddPlex(options => Configure(options, plex, saveTokens: true));
                if (severalProviders)
                    authentication.AddScheme<AuthenticationSchemeOptions, OtherProviderHandler>("Google", configureOptions: null);
            },
            services =>
            {
                services.AddPlexAccess();
                AddPolicies(services);
            },
            web =>
            {
                Map(web);
                web.MapGet("/other", () => TypedResults.SignIn(OwnApiHandler.Caller, OwnApiHandler.Tokens(startedBy)));
            });
        using var browser = new Browser(app.Address);
        (await browser.GetAsync("/other")).Status.ShouldBe(HttpStatusCode.OK);

        (await browser.GetAsync("/owner")).Status.ShouldBe(HttpStatusCode.Forbidden);
        plex.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirected_question_is_no_answer()
    {
        await using var elsewhere = await AccountStub.StartAsync();
        await using var plex = await AccountStub.StartAsync();
        using var following = new HttpClient();
        await using var app = await StartAsync(plex, options => options.Backchannel = following);
        using var browser = new Browser(app.Address);
        await browser.SignInAsync(plex, Person.Alice);
        plex.Outage = StatusCodes.Status307TemporaryRedirect;
        plex.OutageLocation = elsewhere.AccountUrl + "/resources";

        (await browser.GetAsync("/owner")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Dictionary<string, Person> People { get; } = new[] { Person.Alice, Person.Bob, Person.Frank, Person.Dave }.ToDictionary(person => person.Name);

    private Task<App> StartAsync(AccountStub plex, Action<PlexOptions>? configure = null) => App.StartAsync(
        plex,
        configure,
        services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.AddPlexAccess(options => options.MachineIdentifier = Person.LivingRoom);
            AddPolicies(services);
        },
        Map);

    private static void Configure(PlexOptions options, AccountStub plex, bool saveTokens)
    {
        options.SaveTokens = saveTokens;
        options.Product = "My App";
        options.ClientIdentifier = "my-app-7f3c";
        options.AccountUrl = plex.AccountUrl;
    }

    private static void AddPolicies(IServiceCollection services) => services.AddAuthorization(options =>
    {
        options.AddPolicy("account", policy => policy.RequirePlexAccount());
        options.AddPolicy("server", policy => policy.RequirePlexServerAccess(Person.LivingRoom));
        options.AddPolicy("home", policy => policy.RequirePlexHome(Person.LivingRoom));
        options.AddPolicy("owner", policy => policy.RequirePlexOwner(Person.LivingRoom.ToUpperInvariant()));
    });

    private static void Map(WebApplication app)
    {
        App.Map(app);
        foreach (var door in new[] { "account", "server", "home", "owner" })
            app.MapGet($"/{door}", () => "in").RequireAuthorization(door);
    }

    /// <summary>Takes every caller for one of its own, and keeps their token as AddJwtBearer does.</summary>
    private sealed class OwnApiHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public static ClaimsPrincipal Caller => new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "somebody")], "OwnApi"));

        public static AuthenticationProperties Tokens(string? startedBy)
        {
            var properties = new AuthenticationProperties();
            properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = "token-of-another-provider" }]);
            if (startedBy is not null)
                properties.Items[".AuthScheme"] = startedBy;

            return properties;
        }

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Caller, Tokens(startedBy: null), Scheme.Name)));
    }

    /// <summary>Another way to sign in, beside Plex.</summary>
    private sealed class OtherProviderHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder), IAuthenticationRequestHandler
    {
        public Task<bool> HandleRequestAsync() => Task.FromResult(false);

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
