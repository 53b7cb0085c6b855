using System.Collections.Concurrent;

namespace PlexAuth.AspNetCore.Accounts;

/// <summary>
/// Remembers what the account service said about tokens. Good answers serve for a while, and longer while the service cannot answer; a refused token is
/// remembered apart from them, so that a flood of made-up tokens cannot push real ones out. One question per token is asked at a time.
/// </summary>
internal sealed class AnswerCache<T>(PlexCacheOptions options, TimeProvider time) where T : class
{
    private static readonly TimeSpan PauseInTrouble = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<TokenKey, Known> _known = new(options.MaxTokens);
    private readonly BoundedCache<TokenKey, DateTimeOffset> _refused = new(options.MaxRefusedTokens);
    private readonly ConcurrentDictionary<TokenKey, Lazy<Task<T?>>> _asking = new();

    /// <summary>Null: the service does not accept the token.</summary>
    /// <exception cref="PlexException">The service cannot answer, and has not answered recently enough.</exception>
    public async ValueTask<T?> GetAsync(TokenKey key, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGet(key, out var known) && now < known.AskAgainAt)
            return known.Answer;
        if (_refused.TryGet(key, out var until) && now < until)
            return null;

        var asking = _asking.GetOrAdd(key, static (key, state) => new Lazy<Task<T?>>(() => state.Cache.AskAsync(key, state.Ask)), (Cache: this, Ask: ask));
        try
        {
            return await asking.Value.WaitAsync(cancellationToken);
        }
        catch (PlexException) when (known is not null && now < known.UsableUntil)
        {
            _known.Set(key, known with { AskAgainAt = Earlier(now + PauseInTrouble, known.UsableUntil) });
            return known.Answer;
        }
    }

    /// <summary>Not cancelled with the request that happens to be first: others may be waiting for the same answer.</summary>
    private async Task<T?> AskAsync(TokenKey key, Func<CancellationToken, Task<T>> ask)
    {
        await Task.Yield();
        try
        {
            var answer = await ask(CancellationToken.None);
            var now = time.GetUtcNow();
            _known.Set(key, new Known(answer, now + options.Lifetime, now + options.Lifetime + options.OutageGrace));
            return answer;
        }
        catch (PlexUnauthorizedException)
        {
            _known.Remove(key);
            _refused.Set(key, time.GetUtcNow() + options.RefusalLifetime);
            return null;
        }
        finally
        {
            _asking.TryRemove(key, out _);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record Known(T Answer, DateTimeOffset AskAgainAt, DateTimeOffset UsableUntil);
}
