namespace PlexAuth.Internal;

/// <summary>The issuer's keys, remembered for five minutes; fetched earlier for an unknown key, though not more than twice a minute.</summary>
internal sealed class IssuerKeys(Func<CancellationToken, Task<IReadOnlyList<PlexJwk>>> fetch, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(30);

    private volatile Fetched? _fetched;

    public ValueTask<IReadOnlyList<PlexJwk>> GetAsync(CancellationToken cancellationToken) => GetAsync(Lifetime, cancellationToken);

    public ValueTask<IReadOnlyList<PlexJwk>> RefreshAsync(CancellationToken cancellationToken) => GetAsync(ShortestInterval, cancellationToken);

    private async ValueTask<IReadOnlyList<PlexJwk>> GetAsync(TimeSpan oldest, CancellationToken cancellationToken)
    {
        if (_fetched is { } kept && time.GetElapsedTime(kept.At) < oldest)
            return kept.Keys;

        var keys = await fetch(cancellationToken).ConfigureAwait(false);
        _fetched = new Fetched(keys, time.GetTimestamp());
        return keys;
    }

    private sealed record Fetched(IReadOnlyList<PlexJwk> Keys, long At);
}
