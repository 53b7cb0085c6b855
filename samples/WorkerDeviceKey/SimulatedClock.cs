namespace WorkerDeviceKey;

/// <summary>A clock that weeks pass on in seconds. Only the time is simulated: waits and timeouts are real.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private long _ticks = System.GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan span) => Interlocked.Add(ref _ticks, span.Ticks);
}
