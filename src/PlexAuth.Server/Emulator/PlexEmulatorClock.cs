namespace PlexAuth.Server;

/// <summary>A clock that runs with the machine's, or stands still, and can be moved ahead. Thread-safe.</summary>
/// <remarks>Timers that fall due by a move fire at once, on the thread pool and once each. Give it to whatever shall live in the same time as the server.</remarks>
public sealed class PlexEmulatorClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<Timer> _timers = [];
    private readonly DateTimeOffset _startedAt;
    private readonly long _started = System.GetTimestamp();
    private TimeSpan _advanced;
    private TimeSpan? _stoppedAt;

    /// <param name="standsAt">Where it stands still from the start; null for a clock that runs from now.</param>
    public PlexEmulatorClock(DateTimeOffset? standsAt = null)
    {
        _startedAt = standsAt?.ToUniversalTime() ?? System.GetUtcNow();
        _stoppedAt = standsAt is null ? null : TimeSpan.Zero;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far it was moved ahead in all.</summary>
    public TimeSpan Advanced
    {
        get
        {
            lock (_lock)
                return _advanced;
        }
    }

    /// <summary>Whether it stands still but for <see cref="Advance"/>.</summary>
    public bool IsStopped
    {
        get
        {
            lock (_lock)
                return _stoppedAt is not null;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _startedAt + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Moves it ahead; there is no way back.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Change(() => _advanced += time);
    }

    /// <summary>Lets it stand still, so that nothing expires while a test thinks.</summary>
    public void Stop() => Change(() => _stoppedAt ??= System.GetElapsedTime(_started));

    /// <summary>Lets it run on from where it stands.</summary>
    public void Resume() => Change(() =>
    {
        if (_stoppedAt is { } at)
            _advanced -= System.GetElapsedTime(_started) - at;
        _stoppedAt = null;
    });

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
                return (_stoppedAt ?? System.GetElapsedTime(_started)) + _advanced;
        }
    }

    private void Change(Action change)
    {
        Timer[] timers;
        lock (_lock)
        {
            change();
            timers = [.. _timers];
        }

        foreach (var timer in timers)
            timer.Arm();
    }

    /// <summary>Waits by a timer of the machine, set anew whenever the clock is moved.</summary>
    private sealed class Timer : ITimer
    {
        private static readonly TimeSpan Longest = TimeSpan.FromDays(40);
        private readonly PlexEmulatorClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private readonly Lock _lock = new();
        private TimeSpan? _dueAt;
        private TimeSpan _period;
        private bool _queued;

        public Timer(PlexEmulatorClock clock, TimerCallback callback, object? state)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            _timer = System.CreateTimer(static self => ((Timer)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _period = period;
                _dueAt = dueTime < TimeSpan.Zero ? null : _clock.Elapsed + dueTime;
            }

            Enlist(_dueAt is not null);
            Arm();
            return true;
        }

        public void Arm()
        {
            lock (_lock)
            {
                if (_dueAt is not { } due)
                    return;
                var wait = due - _clock.Elapsed;
                if (wait <= TimeSpan.Zero)
                    FireSoon();
                else if (!_clock.IsStopped)
                    _timer.Change(wait < Longest ? wait : Longest, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        // Not by the machine's timer, which moves in quick succession would set anew for ever.
        private void FireSoon()
        {
            if (_queued)
                return;
            _queued = true;
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.Fire(), this, preferLocal: false);
        }

        private void Fire()
        {
            lock (_lock)
            {
                _queued = false;
                if (_dueAt is not { } due)
                    return;
                if (due > _clock.Elapsed)
                {
                    Arm();
                    return;
                }

                _dueAt = _period > TimeSpan.Zero ? _clock.Elapsed + _period : null;
            }

            Enlist(_dueAt is not null);
            _callback(_state);
            Arm();
        }

        private void Enlist(bool waiting)
        {
            lock (_clock._lock)
            {
                if (waiting)
                    _clock._timers.Add(this);
                else
                    _clock._timers.Remove(this);
            }
        }
    }
}
