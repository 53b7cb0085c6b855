using System.Security.Cryptography;

namespace PlexAuth.Internal.Http;

/// <summary>A token in the cache, and when to get another: a fifth of its time before its end, a day at most, and by chance up to a quarter of that earlier.</summary>
internal sealed class KeptToken
{
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _dueAt = DateTimeOffset.MaxValue;

    public KeptToken(PlexAccessToken given, DateTimeOffset now)
    {
        Given = given;
        if (given.ExpiresAt is not { } end || end <= now)
            return;

        var ahead = (end - now) / 5 < LongestAhead ? (end - now) / 5 : LongestAhead;
        _dueAt = end - ahead * (1 + RandomNumberGenerator.GetInt32(0, 251) / 1000.0);
    }

    public PlexAccessToken Given { get; }

    public bool IsExpired(DateTimeOffset now) => Given.ExpiresAt <= now;

    public bool IsDue(DateTimeOffset now)
    {
        lock (_lock)
            return _dueAt <= now;
    }

    /// <summary>True for one caller; the next may try a minute or two later.</summary>
    public bool TryBeginRefresh(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_dueAt > now)
                return false;
            _dueAt = now + Pause * (1 + RandomNumberGenerator.GetInt32(0, 1001) / 1000.0);
            return true;
        }
    }
}
