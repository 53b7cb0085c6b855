using PlexAuth;

namespace WorkerDeviceKey;

/// <summary>A service that calls Plex every six hours and never thinks about tokens.</summary>
internal sealed class Worker(PlexClient plex, PlexSessionStore store, SimulatedClock clock, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);
    private static readonly TimeSpan Weeks = TimeSpan.FromDays(42);
    private readonly HashSet<DateTimeOffset?> _tokens = [];

    public bool Held { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var invalidated = 0;
        plex.TokenInvalidated += (_, e) =>
        {
            invalidated++;
            Console.WriteLine($"   sign in again        {e.Reason}");
        };

        try
        {
            var calls = await WorkAsync(clock.GetUtcNow() + Weeks, stoppingToken);
            Console.WriteLine($"ok six weeks            {calls} calls, {_tokens.Count} tokens, nobody asked to sign in");
            clock.Advance(TimeSpan.FromDays(8));
            await WorkAsync(clock.GetUtcNow() + Interval, stoppingToken);
            Console.WriteLine("ok asleep for 8 days    the next call renewed the token");
            Held = invalidated == 0 && _tokens.Count >= 7;
        }
        catch (PlexException failure)
        {
            Console.WriteLine($"NO {failure.Message}");
        }

        lifetime.StopApplication();
    }

    private async Task<int> WorkAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var calls = 0;
        for (; clock.GetUtcNow() < until; clock.Advance(Interval))
        {
            await plex.Authentication.PingAsync(cancellationToken: cancellationToken);
            calls++;
            _tokens.Add((await store.LoadAsync(cancellationToken: cancellationToken))?.ExpiresAt);
        }

        return calls;
    }
}
