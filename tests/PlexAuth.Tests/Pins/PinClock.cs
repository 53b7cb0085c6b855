using System.Threading.Channels;

namespace PlexAuth.Tests.Pins;

/// <summary>A clock that jumps over every wait of the client as soon as it begins. The timeouts of single calls are left alone.</summary>
internal sealed class PinClock : TimeProvider
{
    private static readonly TimeSpan[] CallTimeouts = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];

    private readonly Channel<TimeSpan> _started = Channel.CreateUnbounded<TimeSpan>();
    private readonly Lock _gate = new();
    private readonly List<PinTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time)
    {
        PinTimer[] due;
        lock (_gate)
        {
            _now += time;
            due = [.. _timers.Where(timer => timer.DueAt <= _now)];
            foreach (var timer in due)
                _timers.Remove(timer);
        }

        foreach (var timer in due)
            timer.Fire();
    }

    /// <summary>Lets time pass until the task is done.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        while (await Task.WhenAny(task, WaitStartedAsync()) != task)
        {
            _started.Reader.TryRead(out var wait).ShouldBeTrue();
            Waits.Add(wait);
            Advance(wait);
        }

        return await task;
    }

    public Task WaitStartedAsync() => _started.Reader.WaitToReadAsync(TestContext.Current.CancellationToken).AsTask();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new PinTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Start(PinTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;

            timer.DueAt = _now + dueTime;
            _timers.Add(timer);
        }

        if (!CallTimeouts.Contains(dueTime))
            _started.Writer.TryWrite(dueTime);
    }

    private void Stop(PinTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private sealed class PinTimer(PinClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Start(this, dueTime);
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => clock.Stop(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
