using System.Collections;

namespace PlexAuth.Server;

/// <summary>The calls that the server received, oldest first, as they are at the moment of asking. Keeps the last 10,000. Thread-safe.</summary>
public sealed class PlexEmulatorRequests : IEnumerable<PlexEmulatorRequest>
{
    private const int Kept = 10_000;
    private readonly Lock _lock = new();
    private readonly Queue<PlexEmulatorRequest> _requests = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many there are.</summary>
    public int Count => Snapshot().Length;

    /// <summary>Those of one operation, such as <c>GET /api/v2/user</c> or <c>* /api/v2/pins/*</c>.</summary>
    public IReadOnlyList<PlexEmulatorRequest> Of(string operation)
    {
        var pattern = EmulatorOperationPattern.Parse(operation);
        return [.. Snapshot().Where(request => pattern.Matches(request.Method, request.Path))];
    }

    /// <summary>Waits until an operation was called so often in all, calls before this one included.</summary>
    /// <returns>The call that made up the number.</returns>
    public async Task<PlexEmulatorRequest> WaitForAsync(string operation, int times = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        while (true)
        {
            Task more;
            lock (_lock)
                more = _more.Task;
            if (Of(operation) is { } found && found.Count >= times)
                return found[times - 1];
            await more.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        lock (_lock)
            _requests.Clear();
    }

    /// <inheritdoc/>
    public IEnumerator<PlexEmulatorRequest> GetEnumerator() => ((IEnumerable<PlexEmulatorRequest>)Snapshot()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(PlexEmulatorRequest request)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            _requests.Enqueue(request);
            if (_requests.Count > Kept)
                _requests.Dequeue();
            (waiting, _more) = (_more, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.SetResult();
    }

    private PlexEmulatorRequest[] Snapshot()
    {
        lock (_lock)
            return [.. _requests];
    }
}
