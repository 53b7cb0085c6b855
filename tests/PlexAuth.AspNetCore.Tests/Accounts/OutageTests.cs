using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace PlexAuth.AspNetCore.Tests.Accounts;

/// <summary>What an application and its operators see while the account service is away.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly Lines _log = new();

    [Fact]
    public async Task Callers_known_before_go_on_the_application_is_degraded_and_the_log_has_a_line_for_each_change()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);
        await ShouldBeAsync(client, HttpStatusCode.OK, HealthStatus.Healthy);

        plex.Outage = 501;
        for (var minutes = 0; minutes < 60; minutes += 6)
        {
            _clock.Advance(TimeSpan.FromMinutes(6));
            await ShouldBeAsync(client, HttpStatusCode.OK, HealthStatus.Degraded);
        }

        _clock.Advance(TimeSpan.FromHours(1));
        await ShouldBeAsync(client, HttpStatusCode.ServiceUnavailable, HealthStatus.Degraded);
        plex.Outage = null;
        await ShouldBeAsync(client, HttpStatusCode.OK, HealthStatus.Healthy);

        _log.Written.ShouldBe(
        [
            $"Warning: The account service {plex.AccountUrl.Authority} does not answer (PlexServerException). What it said before goes on counting for a while",
            $"Information: The account service {plex.AccountUrl.Authority} answers again, after 6840 s",
        ]);
    }

    [Fact]
    public async Task A_refused_token_is_an_answer()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);

        (await client.GetAsync("/whoami", (PlexHeaders.Token, "unknown-token-000001"))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (await client.GetAsync("/health")).Body.ShouldBe("Healthy");
        _log.Written.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_may_not_is_an_answer_too_and_ends_an_outage()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await StartAsync(plex);
        using var client = new Browser(app.Address);
        plex.Outage = 501;
        await ShouldBeAsync(client, HttpStatusCode.ServiceUnavailable, HealthStatus.Degraded);

        plex.Outage = 403;
        await ShouldBeAsync(client, HttpStatusCode.ServiceUnavailable, HealthStatus.Healthy);
    }

    [Fact]
    public async Task An_application_that_only_signs_people_in_notices_an_outage()
    {
        await using var plex = await AccountStub.StartAsync();
        await using var app = await App.StartAsync(
            plex,
            options => options.Events.OnRemoteFailure = context =>
            {
                context.HandleResponse();
                return Task.CompletedTask;
            },
            AddHealth,
            web =>
            {
                App.Map(web);
                web.MapHealthChecks("/health", new HealthCheckOptions());
            });
        using var browser = new Browser(app.Address);
        var signIn = await browser.StartSignInAsync();

        plex.Outage = 501;
        await browser.GetAsync("/signin");
        (await browser.GetAsync("/health")).Body.ShouldBe("Degraded");
        plex.Outage = null;
        await browser.StartSignInAsync();
        (await browser.GetAsync("/health")).Body.ShouldBe("Healthy");

        plex.Outage = 501;
        await browser.GetAsync(signIn.ForwardUrl);
        (await browser.GetAsync("/health")).Body.ShouldBe("Degraded");
    }

    public void Dispose() => _log.Dispose();

    private static async Task ShouldBeAsync(Browser client, HttpStatusCode status, HealthStatus health)
    {
        (await client.GetAsync("/whoami", (PlexHeaders.Token, Person.Bob.Token))).Status.ShouldBe(status);
        (await client.GetAsync("/health")).Body.ShouldBe(health.ToString());
    }

    private Task<App> StartAsync(AccountStub plex) => App.StartAsync(
        authentication => authentication.AddPlexToken(options => (options.ClientIdentifier, options.AccountUrl, options.TimeProvider) = ("my-app-7f3c", plex.AccountUrl, _clock)),
        AddHealth,
        app =>
        {
            app.MapHealthChecks("/health", new HealthCheckOptions());
            app.MapGet("/whoami", () => "you").RequireAuthorization(policy => policy.AddAuthenticationSchemes(PlexTokenDefaults.AuthenticationScheme).RequireAuthenticatedUser());
        });

    private void AddHealth(IServiceCollection services)
    {
        services.AddHealthChecks().AddPlexAccountService();
        services.AddLogging(logging => logging.AddProvider(_log).AddFilter<Lines>("PlexAuth.AspNetCore.Accounts", LogLevel.Information));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Written)
            {
                if (eventId.Id is >= 1000 and < 3000)
                    Written.Add($"{logLevel}: {formatter(state, exception)}");
            }
        }

        public void Dispose()
        {
        }
    }
}
