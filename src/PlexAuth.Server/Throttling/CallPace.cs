using System.Collections.Concurrent;

namespace PlexAuth.Server.Throttling;

/// <summary>So many calls at once, and one more for each interval that passes; for each caller on its own, in this process.</summary>
internal sealed class CallPace<TCaller>(TimeProvider time, TimeSpan interval, int burst)
    where TCaller : notnull
{
    private const int MostCallers = 50_000;

    // When the calls so far would be over had they kept the pace.
    private readonly ConcurrentDictionary<TCaller, DateTimeOffset> _paces = new();

    /// <returns>How long to wait; null if the call may go on.</returns>
    public TimeSpan? Exceeded(TCaller caller)
    {
        var now = time.GetUtcNow();
        if (_paces.Count >= MostCallers)
            Tidy(now);

        TimeSpan? wait = null;
        _paces.AddOrUpdate(caller, _ => now + interval, (_, pace) =>
        {
            // Further ahead than calls can get it only is when the clock was set back.
            var from = pace > now && pace - now <= interval * (burst + 1) ? pace : now;
            wait = from - now > interval * (burst - 1) ? from - now - interval * (burst - 1) : null;
            return wait is null ? from + interval : from;
        });
        return wait;
    }

    private void Tidy(DateTimeOffset now)
    {
        foreach (var (caller, pace) in _paces)
        {
            if (pace <= now)
                _paces.TryRemove(KeyValuePair.Create(caller, pace));
        }

        if (_paces.Count >= MostCallers)
            _paces.Clear();
    }
}
