using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PlexAuth.Tests;

public sealed class KeepAliveTests
{
    [Fact]
    public async Task The_token_is_used_at_the_start_and_once_a_day()
    {
        var time = new FakeTimeProvider();
        var statuses = new List<PlexTokenStatus>();
        var pings = new SemaphoreSlim(0);
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", "{\"pong\":true}"));
        await using var provider = Services(server, time, status =>
        {
            statuses.Add(status);
            pings.Release();
        });
        var service = provider.GetServices<IHostedService>().Single(hosted => hosted.GetType().Name == "KeepAlive");

        await service.StartAsync(TestContext.Current.CancellationToken);
        await pings.WaitAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromDays(1));
        await pings.WaitAsync(TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);

        statuses.ShouldBe([PlexTokenStatus.Valid, PlexTokenStatus.Valid]);
        server.Requests.ShouldAllBe(request => request.StartsWith("GET /api/v2/ping", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_token_is_reported_and_ends_nothing()
    {
        var statuses = new List<PlexTokenStatus>();
        var checks = new SemaphoreSlim(0);
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("401 Unauthorized", """{"errors":[{"code":1001,"message":"User could not be authenticated","status":401}]}"""));
        await using var provider = Services(server, new FakeTimeProvider(), status =>
        {
            statuses.Add(status);
            checks.Release();
            throw new InvalidOperationException("a callback that fails");
        });
        var service = provider.GetServices<IHostedService>().Single(hosted => hosted.GetType().Name == "KeepAlive");

        await service.StartAsync(TestContext.Current.CancellationToken);
        await checks.WaitAsync(TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);

        statuses.ShouldBe([PlexTokenStatus.Invalid]);
    }

    [Theory]
    [InlineData("the credential", 1)]
    [InlineData("the credential the second time", 2)]
    [InlineData("a handler", 1)]
    public async Task Whatever_a_check_throws_the_next_one_comes(string failing, int failuresOfOneCheck)
    {
        var time = new FakeTimeProvider();
        var failures = new SemaphoreSlim(0);
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("401 Unauthorized", """{"errors":[{"code":1001,"message":"User could not be authenticated","status":401}]}"""));
        var asked = 0;
        var credential = PlexCredential.Create((_, _) =>
        {
            asked++;
            if (failing == "a handler")
                return new(new PlexAccessToken(new PlexToken($"token-{asked}")));

            failures.Release();
            throw failing == "the credential" ? new IOException("a disk that is gone")
                : asked % 2 == 1 ? new PlexNetworkException("no way out") : new PlexSignInRequiredException("signed out meanwhile");
        });
        await using var provider = Services(server, time, _ => { }, credential);
        provider.GetRequiredService<PlexClient>().TokenInvalidated += (_, _) =>
        {
            failures.Release();
            throw new InvalidOperationException("a handler that fails");
        };
        var service = (BackgroundService)provider.GetServices<IHostedService>().Single(hosted => hosted.GetType().Name == "KeepAlive");

        await service.StartAsync(TestContext.Current.CancellationToken);
        for (var failure = 0; failure < 2 * failuresOfOneCheck; failure++)
        {
            if (failure == failuresOfOneCheck)
                time.Advance(TimeSpan.FromDays(1));
            await (await Task.WhenAny(failures.WaitAsync(TestContext.Current.CancellationToken), service.ExecuteTask!));
            service.ExecuteTask!.IsCompleted.ShouldBeFalse();
        }

        await service.StopAsync(TestContext.Current.CancellationToken);
        service.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_check_that_fails_for_another_reason_is_in_the_log()
    {
        var log = new ErrorLog();
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", "{\"pong\":true}"));
        var failure = new UnauthorizedAccessException("a secret that may not be read");
        await using var provider = Services(server, new FakeTimeProvider(), _ => { }, PlexCredential.Create((_, _) => throw failure), log);
        var service = provider.GetServices<IHostedService>().Single(hosted => hosted.GetType().Name == "KeepAlive");

        await service.StartAsync(TestContext.Current.CancellationToken);
        (await log.Error.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe(failure);
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("00:59:59")]
    [InlineData("50.00:00:00")]
    [InlineData("-00:00:00.001")]
    public void An_interval_out_of_bounds_is_refused_when_the_host_starts(string interval)
    {
        var services = new ServiceCollection();
        services.AddPlexKeepAlive(options => options.Interval = TimeSpan.Parse(interval, System.Globalization.CultureInfo.InvariantCulture));
        using var provider = services.BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate())
            .Message.ShouldBe("PlexKeepAliveOptions.Interval is not between an hour and 49 days.");
    }

    private static ServiceProvider Services(
        LoopbackServer server, TimeProvider time, Action<PlexTokenStatus> onChecked, PlexCredential? credential = null, ILoggerProvider? log = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging =>
        {
            if (log is not null)
                logging.AddProvider(log);
        });
        services.AddPlexClient(options =>
        {
            options.Identity = new PlexClientIdentity("id");
            options.Credential = credential ?? PlexCredential.FromToken("t");
            options.AccountUrl = new Uri(server.Url, "/api/v2");
            options.TimeProvider = time;
            options.Timeout = TimeSpan.FromMinutes(10);
            options.Retry = PlexRetry.None;
        });
        services.AddPlexKeepAlive(options => options.OnChecked = onChecked);
        return services.BuildServiceProvider();
    }

    /// <summary>The first error, with its exception.</summary>
    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource<Exception?> _error = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> Error => _error.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error)
                _error.TrySetResult(exception);
        }

        public void Dispose()
        {
        }
    }
}
