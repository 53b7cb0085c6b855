using System.Collections.Concurrent;

namespace PlexAuth.Server.Tokens;

/// <summary>Grants of tokens that were found valid moments ago. Refusals are never kept, and revoking forgets a grant before the revocation is answered.</summary>
internal sealed class TokenCache(TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private const int MaxEntries = 10_000;
    private readonly ConcurrentDictionary<TokenHash, Entry> _entries = new();
    private readonly Lock _changes = new();
    private long _revocations;
    private int _count;

    /// <summary>To be taken before the database is asked, so that an answer older than a revocation is never kept.</summary>
    public long Revocations => Interlocked.Read(ref _revocations);

    public TokenGrant? Find(TokenHash hash) =>
        _entries.TryGetValue(hash, out var entry) && time.GetElapsedTime(entry.FoundAt) < Lifetime && !(entry.Grant.ExpiresAt <= time.GetUtcNow()) ? entry.Grant : null;

    public void Keep(TokenHash hash, TokenGrant grant, long revocationsBefore)
    {
        lock (_changes)
        {
            if (_revocations != revocationsBefore)
                return;
            if (_count >= MaxEntries)
                Clear();
            var entry = new Entry(grant, time.GetTimestamp());
            if (_entries.TryAdd(hash, entry))
                _count++;
            else
                _entries[hash] = entry;
        }
    }

    public void Forget(Func<TokenGrant, bool> concerned)
    {
        lock (_changes)
        {
            _revocations++;
            foreach (var (hash, entry) in _entries)
            {
                if (concerned(entry.Grant) && _entries.TryRemove(hash, out _))
                    _count--;
            }
        }
    }

    private void Clear()
    {
        _entries.Clear();
        _count = 0;
    }

    private sealed record Entry(TokenGrant Grant, long FoundAt);
}
