using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlexAuth.AspNetCore.Tests.Tokens;

public sealed class TokenSchemeTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public async Task A_call_with_a_token_is_its_accounts()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);

        var answer = await client.GetAsync("/whoami", (PlexHeaders.Token, Person.Bob.Token));

        answer.Body.ShouldBe("Bob b0b0000000000002");
    }

    [Theory]
    [InlineData(null, null, "/whoami")]
    [InlineData(PlexHeaders.Token, "made-up", "/whoami")]
    [InlineData(PlexHeaders.Token, "b\u00f6se", "/whoami")]
    [InlineData(null, null, "/whoami?X-Plex-Token=bob-token-0000000002")]
    public async Task A_call_without_a_good_token_is_told_how_to_ask(string? header, string? value, string path)
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);

        var answer = await (header is null ? client.GetAsync(path) : client.GetAsync(path, (header, Uri.EscapeDataString(value!))));

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers["WWW-Authenticate"].ShouldBe("PlexToken");
    }

    [Fact]
    public async Task A_token_in_the_query_counts_only_by_choice()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex, options => options.AllowQueryToken = true);
        using var client = new Browser(app.Address);

        (await client.GetAsync($"/whoami?X-Plex-Token={Person.Bob.Token}")).Body.ShouldStartWith("Bob");
    }

    [Fact]
    public async Task The_account_service_is_asked_once_in_five_minutes()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);

        await GetAsync(client, Person.Bob);
        await GetAsync(client, Person.Bob);
        plex.CallsTo("/user").ShouldBe(1);

        _clock.Advance(TimeSpan.FromMinutes(5));
        await GetAsync(client, Person.Bob);
        plex.CallsTo("/user").ShouldBe(2);
    }

    [Fact]
    public async Task A_revoked_token_ends_with_its_lifetime_here()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);
        (await GetAsync(client, Person.Bob)).Status.ShouldBe(HttpStatusCode.OK);

        plex.Revoked[Person.Bob.Token] = true;
        _clock.Advance(TimeSpan.FromMinutes(5));

        (await GetAsync(client, Person.Bob)).Status.ShouldBe(HttpStatusCode.Unauthorized);

        plex.Outage = 501;
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await GetAsync(client, Person.Bob)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable, "no outage brings a revoked token back");
    }

    [Fact]
    public async Task A_refused_token_is_not_asked_about_again_for_half_a_minute()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);
        plex.Revoked[Person.Bob.Token] = true;

        await GetAsync(client, Person.Bob);
        await GetAsync(client, Person.Bob);
        plex.CallsTo("/user").ShouldBe(1);

        plex.Revoked.Clear();
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await GetAsync(client, Person.Bob)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_flood_of_made_up_tokens_does_not_push_out_a_good_one()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex, options => options.Cache.MaxRefusedTokens = 5);
        using var client = new Browser(app.Address);
        await GetAsync(client, Person.Bob);
        for (var i = 0; i < 20; i++)
            await client.GetAsync("/whoami", (PlexHeaders.Token, $"made-up-{i}"));

        await GetAsync(client, Person.Bob);
        plex.CallsTo("/user").ShouldBe(21);

        await client.GetAsync("/whoami", (PlexHeaders.Token, "made-up-19"));
        plex.CallsTo("/user").ShouldBe(21);
        await client.GetAsync("/whoami", (PlexHeaders.Token, "made-up-0"));
        plex.CallsTo("/user").ShouldBe(22);
    }

    [Fact]
    public async Task Calls_at_the_same_time_share_one_question()
    {
        var release = new TaskCompletionSource();
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);
        var asked = new TaskCompletionSource();
        plex.OnCall = _ =>
        {
            asked.TrySetResult();
            return release.Task;
        };

        var calls = Enumerable.Range(0, 20).Select(_ => GetAsync(client, Person.Bob)).ToList();
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        release.SetResult();

        (await Task.WhenAll(calls)).ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        plex.CallsTo("/user").ShouldBe(1);
    }

    [Fact]
    public async Task An_outage_is_bridged_for_known_tokens_and_no_longer_than_the_grace()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);
        await GetAsync(client, Person.Bob);
        plex.Outage = 501;

        _clock.Advance(TimeSpan.FromMinutes(5));
        (await GetAsync(client, Person.Bob)).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(client, Person.Bob)).Status.ShouldBe(HttpStatusCode.OK);
        plex.CallsTo("/user").ShouldBe(2, "while in trouble the service is not asked for every call");

        _clock.Advance(TimeSpan.FromHours(1));
        (await GetAsync(client, Person.Bob)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_token_that_cannot_be_checked_is_not_called_invalid()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);
        plex.Outage = 501;

        var answer = await GetAsync(client, Person.Bob);

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers["Retry-After"].ShouldBe("10");
        answer.Headers.Keys.ShouldNotContain("WWW-Authenticate");
    }

    [Fact]
    public async Task A_validator_of_the_application_goes_before_the_account_service()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex, services: services => services.AddSingleton<PlexTokenValidator, NobodyValidator>());
        using var client = new Browser(app.Address);

        (await GetAsync(client, Person.Bob)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        plex.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_application_adds_to_a_caller_ends_with_the_request()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex, services: services => services.AddTransient<IClaimsTransformation, AddRole>());
        using var client = new Browser(app.Address);

        for (var call = 0; call < 3; call++)
            (await client.GetAsync("/roles", (PlexHeaders.Token, Person.Bob.Token))).Body.ShouldBe("1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_given_twice_is_refused_as_such(bool inHeaders)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAuthentication().AddPlexToken(options =>
        {
            options.Validator = new NobodyValidator();
            options.AllowQueryToken = true;
        });
        await using var provider = services.BuildServiceProvider();
        var call = new DefaultHttpContext { RequestServices = provider };
        if (inHeaders)
            call.Request.Headers[PlexHeaders.Token] = new[] { Person.Bob.Token, Person.Bob.Token };
        else
            call.Request.QueryString = new QueryString($"?{PlexHeaders.Token}={Person.Bob.Token}&{PlexHeaders.Token}={Person.Bob.Token}");

        var result = await call.AuthenticateAsync(PlexTokenDefaults.AuthenticationScheme);

        result.Failure!.Message.ShouldContain("more than one");
    }

    [Fact]
    public async Task The_applications_clock_says_how_old_an_answer_is()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex, options => options.TimeProvider = null, services => services.AddSingleton<TimeProvider>(_clock));
        using var client = new Browser(app.Address);

        await GetAsync(client, Person.Bob);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await GetAsync(client, Person.Bob);

        plex.CallsTo("/user").ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_client_identifier_the_failure_names_it()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAuthentication().AddPlexToken();
        await using var provider = services.BuildServiceProvider();

        Should.Throw<InvalidOperationException>(() => provider.GetRequiredService<IOptionsMonitor<PlexTokenOptions>>().Get(PlexTokenDefaults.AuthenticationScheme))
            .Message.ShouldContain("PlexTokenOptions.ClientIdentifier");
    }

    [Fact]
    public async Task An_address_that_is_none_is_named()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddAuthentication().AddPlexToken(options => (options.ClientIdentifier, options.AccountUrl) = ("my-app-7f3c", new Uri("api/v2", UriKind.Relative)));
        await using var provider = services.BuildServiceProvider();

        Should.Throw<InvalidOperationException>(() => provider.GetRequiredService<IOptionsMonitor<PlexTokenOptions>>().Get(PlexTokenDefaults.AuthenticationScheme))
            .Message.ShouldContain("PlexTokenOptions.AccountUrl");
    }

    private Task<App> StartAsync(AccountStub plex, Action<PlexTokenOptions>? configure = null, Action<IServiceCollection>? services = null) => App.StartAsync(
        authentication => authentication.AddPlexToken(options =>
        {
            options.ClientIdentifier = "my-app-7f3c";
            options.AccountUrl = plex.AccountUrl;
            options.TimeProvider = _clock;
            configure?.Invoke(options);
        }),
        services,
        Map);

    private static void Map(WebApplication app)
    {
        var guarded = app.MapGroup("").RequireAuthorization(policy => policy.AddAuthenticationSchemes(PlexTokenDefaults.AuthenticationScheme).RequireAuthenticatedUser());
        guarded.MapGet("/whoami", (ClaimsPrincipal user) => $"{user.Identity!.Name} {user.FindFirstValue(ClaimTypes.NameIdentifier)}");
        guarded.MapGet("/roles", (ClaimsPrincipal user) => user.FindAll(ClaimTypes.Role).Count());
    }

    private static Task<Browser.Page> GetAsync(Browser client, Person person) => client.GetAsync("/whoami", (PlexHeaders.Token, person.Token));

    private sealed class NobodyValidator : PlexTokenValidator
    {
        public override ValueTask<PlexTokenValidation> ValidateAsync(PlexToken token, CancellationToken cancellationToken) => new(PlexTokenValidation.Invalid);
    }

    private sealed class AddRole : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            principal.AddIdentity(new ClaimsIdentity([new Claim(ClaimTypes.Role, "editor")]));
            return Task.FromResult(principal);
        }
    }
}
