using System.Collections.Concurrent;

namespace PlexAuth.Server.Pins;

/// <summary>Polls of one PIN: four a second for as long as one likes, four more at once. Known clients poll every half second at most.</summary>
internal sealed class PinPollRate(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(1);
    private const int PollsBetweenTidyings = 1024;

    // When the polls so far would be over had they kept the pace. Further ahead than polls can get it only is when the clock was set back.
    private readonly ConcurrentDictionary<int, DateTimeOffset> _paces = new();
    private int _polls;

    public bool Admits(int id)
    {
        var now = time.GetUtcNow();
        var admitted = false;
        if (Interlocked.Increment(ref _polls) % PollsBetweenTidyings == 0)
            ForgetThoseWhoKeepThePace(now);
        _paces.AddOrUpdate(
            id,
            _ => Advance(now),
            (_, pace) => Advance(pace > now && pace - now <= Burst + Interval ? pace : now));
        return admitted;

        DateTimeOffset Advance(DateTimeOffset pace)
        {
            admitted = pace - now <= Burst;
            return admitted ? pace + Interval : pace;
        }
    }

    private void ForgetThoseWhoKeepThePace(DateTimeOffset now)
    {
        foreach (var (id, pace) in _paces)
        {
            if (pace <= now)
                _paces.TryRemove(KeyValuePair.Create(id, pace));
        }
    }
}
