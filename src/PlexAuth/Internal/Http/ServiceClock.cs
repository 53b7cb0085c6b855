namespace PlexAuth.Internal.Http;

/// <summary>The account service's time as its answers tell it, for the times that this client signs. Nothing else goes by it.</summary>
internal sealed class ServiceClock(TimeProvider time)
{
    /// <summary>A difference beyond this says more about the answer than about the clock.</summary>
    private static readonly TimeSpan LargestOffset = TimeSpan.FromHours(24);

    private long _offsetTicks;

    public DateTimeOffset Now => time.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _offsetTicks));

    public void Learn(DateTimeOffset? date)
    {
        if (date - time.GetUtcNow() is { } offset && offset.Duration() <= LargestOffset)
            Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
    }
}
