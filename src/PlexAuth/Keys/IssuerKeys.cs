namespace PlexAuth.Internal;

/// <summary>
/// The issuer's keys, remembered for five minutes; fetched earlier for an unknown key, though not tried more than twice a minute. All who want them at the
/// same time share one fetch, which none of them can cancel.
/// </summary>
internal sealed class IssuerKeys(Func<CancellationToken, Task<IReadOnlyList<PlexJwk>>> fetch, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private volatile Fetched? _fetched;
    private Attempt? _last;

    public ValueTask<IReadOnlyList<PlexJwk>> GetAsync(CancellationToken cancellationToken) =>
        _fetched is { } kept && time.GetElapsedTime(kept.At) < Lifetime ? new(kept.Keys) : new(FetchAsync(TimeSpan.Zero, cancellationToken));

    /// <summary>The outcome of an attempt that is not older than half a minute, good or bad.</summary>
    public ValueTask<IReadOnlyList<PlexJwk>> RefreshAsync(CancellationToken cancellationToken) => new(FetchAsync(ShortestInterval, cancellationToken));

    private Task<IReadOnlyList<PlexJwk>> FetchAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        Attempt attempt;
        lock (_lock)
        {
            if (_last is not { } last || (last.Keys is { IsValueCreated: true, Value.IsCompleted: true } && time.GetElapsedTime(last.At) >= pause))
                _last = new(new(FetchAsync), time.GetTimestamp());
            attempt = _last;
        }

        return attempt.Keys.Value.WaitAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<PlexJwk>> FetchAsync()
    {
        var keys = await fetch(CancellationToken.None).ConfigureAwait(false);
        _fetched = new(keys, time.GetTimestamp());
        return keys;
    }

    private sealed record Fetched(IReadOnlyList<PlexJwk> Keys, long At);

    /// <param name="Keys">Begins outside the lock.</param>
    private sealed record Attempt(Lazy<Task<IReadOnlyList<PlexJwk>>> Keys, long At);
}
