using System.Security.Cryptography;

namespace PlexAuth.Internal.Http;

/// <summary>The waits of one call.</summary>
/// <param name="retry">When to try again.</param>
/// <param name="left">Until the call's own timeout. A wait beyond it would only hide the failure that is known.</param>
/// <param name="time">The clock.</param>
internal struct RetrySchedule(PlexRetry retry, TimeSpan left, TimeProvider time)
{
    /// <summary>Options that ask for no wait would otherwise make thousands of requests a second.</summary>
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    private readonly long _started = time.GetTimestamp();
    private readonly TimeSpan _end = left < retry.MaxElapsedTime ? left : retry.MaxElapsedTime;
    private double _nextSeconds = retry.InitialDelay.TotalSeconds;

    /// <summary>How long to wait before the next attempt; null: give up.</summary>
    public TimeSpan? NextDelay(Failure failure)
    {
        if (failure.Kind == FailureKind.Final || (failure.Kind != FailureKind.Status && !retry.RetryConnectionFailures))
            return null;

        var delay = Computed();
        if (failure.RetryAfter is { } asked && asked > delay)
            delay = asked < LongestRetryAfter ? asked : LongestRetryAfter;

        return time.GetElapsedTime(_started) + delay < _end ? delay : null;
    }

    private TimeSpan Computed()
    {
        var seconds = Math.Min(_nextSeconds, retry.MaxDelay.TotalSeconds);
        _nextSeconds = seconds * retry.Multiplier;
        var delay = TimeSpan.FromSeconds(seconds * RandomNumberGenerator.GetInt32(500, 1001) / 1000);
        return delay > ShortestDelay ? delay : ShortestDelay;
    }
}
