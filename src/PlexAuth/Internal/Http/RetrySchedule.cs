using System.Security.Cryptography;

namespace PlexAuth.Internal.Http;

/// <summary>The waits of one call.</summary>
internal struct RetrySchedule(PlexRetry retry, TimeProvider time)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    private readonly long _started = time.GetTimestamp();
    private double _nextSeconds = retry.InitialDelay.TotalSeconds;

    /// <summary>How long to wait before the next attempt; null: give up.</summary>
    public TimeSpan? NextDelay(Failure failure)
    {
        if (failure.Kind == FailureKind.Final || (failure.Kind != FailureKind.Status && !retry.RetryConnectionFailures))
            return null;

        var delay = Computed();
        if (failure.RetryAfter is { } asked && asked > delay)
            delay = asked < LongestRetryAfter ? asked : LongestRetryAfter;

        return time.GetElapsedTime(_started) + delay < retry.MaxElapsedTime ? delay : null;
    }

    private TimeSpan Computed()
    {
        var seconds = Math.Min(_nextSeconds, retry.MaxDelay.TotalSeconds);
        _nextSeconds = seconds * retry.Multiplier;
        return TimeSpan.FromSeconds(seconds * RandomNumberGenerator.GetInt32(500, 1001) / 1000);
    }
}
