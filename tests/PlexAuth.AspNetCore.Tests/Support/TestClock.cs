namespace PlexAuth.AspNetCore.Tests;

/// <summary>A clock that stands still until it is moved. A wait of one second, as between two polls, is jumped over; other timers never fire.</summary>
internal sealed class TestClock : TimeProvider
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // Far ahead of the system's clock, which is the one that the browser's cookies expire by.
    private long _ticks = new DateTimeOffset(2100, 1, 1, 10, 0, 0, TimeSpan.Zero).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == PollInterval)
        {
            Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new StoppedTimer();
    }

    private sealed class StoppedTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
