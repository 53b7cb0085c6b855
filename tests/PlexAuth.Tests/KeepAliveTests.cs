using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    private static ServiceProvider Services(LoopbackServer server, TimeProvider time, Action<PlexTokenStatus> onChecked)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPlexClient(options =>
        {
            options.Identity = new PlexClientIdentity("id");
            options.Credential = PlexCredential.FromToken("t");
            options.AccountUrl = new Uri(server.Url, "/api/v2");
            options.TimeProvider = time;
            options.Timeout = TimeSpan.FromMinutes(10);
            options.Retry = PlexRetry.None;
        });
        services.AddPlexKeepAlive(options => options.OnChecked = onChecked);
        return services.BuildServiceProvider();
    }
}
