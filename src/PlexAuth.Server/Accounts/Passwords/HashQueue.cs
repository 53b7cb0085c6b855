using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace PlexAuth.Server.Accounts;

/// <summary>The only place where passwords are hashed: a few threads of its own behind a short queue, so that a storm of sign-ins cannot starve anything else.</summary>
internal sealed class HashQueue(TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const int WaitingPerWorker = 15;
    private static readonly int Workers = Math.Max(1, Environment.ProcessorCount - 1);
    private readonly BlockingCollection<Work> _waiting = new(Workers * WaitingPerWorker);
    private int _started;

    /// <exception cref="HashQueueFullException">Too much is waiting, or this waited too long; nothing was hashed.</exception>
    public async Task<T> RunAsync<T>(Func<T> hash, CancellationToken cancellationToken)
    {
        StartWorkers();
        var work = new Work<T>(hash);
        if (!_waiting.TryAdd(work, 0, cancellationToken))
            throw new HashQueueFullException();
        using var timer = time.CreateTimer(static state => ((Work)state!).GiveUp(new HashQueueFullException()), work, Patience, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Work)state!).GiveUp(new OperationCanceledException(token)), work);
        return await work.Completion;
    }

    public void Dispose() => _waiting.CompleteAdding();

    private void StartWorkers()
    {
        if (Interlocked.Exchange(ref _started, 1) == 1)
            return;
        for (var i = 0; i < Workers; i++)
            new Thread(RunWorker) { IsBackground = true, Name = "plexauth-hash" }.Start();
    }

    private void RunWorker()
    {
        foreach (var work in _waiting.GetConsumingEnumerable())
            work.Run();
    }

    /// <summary>Either run or given up, whichever comes first; never both.</summary>
    private abstract class Work
    {
        private int _taken;

        public void Run()
        {
            if (Take())
                Execute();
        }

        public void GiveUp(Exception reason)
        {
            if (Take())
                Fail(reason);
        }

        protected abstract void Execute();

        protected abstract void Fail(Exception exception);

        private bool Take() => Interlocked.Exchange(ref _taken, 1) == 0;
    }

    private sealed class Work<T>(Func<T> hash) : Work
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Completion => _completion.Task;

        protected override void Execute()
        {
            try
            {
                _completion.SetResult(hash());
            }
            catch (Exception exception)
            {
                Fail(exception);
            }
        }

        protected override void Fail(Exception exception) => _completion.TrySetException(exception);
    }
}

/// <summary>No password can be hashed now; the caller should come back after a moment.</summary>
internal sealed class HashQueueFullException() : Exception("Too many passwords are waiting to be checked.")
{
    /// <summary>Spread, so that those who were sent away do not come back together.</summary>
    public static TimeSpan RetryAfter() => TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(2, 6));
}
