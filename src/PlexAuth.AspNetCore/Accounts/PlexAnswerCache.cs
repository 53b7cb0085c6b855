using System.Collections.Concurrent;
using PlexAuth.AspNetCore.Accounts;

namespace PlexAuth.AspNetCore;

/// <summary>
/// Remembers what the account service said about tokens. Good answers serve for a while, and longer while the service cannot answer; a refused token is
/// remembered apart from them, so that a flood of made-up tokens cannot push real ones out. One question per token is asked at a time.
/// </summary>
/// <remarks>For a <see cref="PlexTokenValidator"/> of one's own that asks over a network. Keeps no token, only its SHA-256. Thread-safe.</remarks>
/// <param name="options">How long answers serve, and how many are kept.</param>
/// <param name="time">The clock of it all.</param>
/// <typeparam name="T">The answer. It is given to many callers at once, so nobody may change it.</typeparam>
public sealed class PlexAnswerCache<T>(PlexCacheOptions options, TimeProvider time) where T : class
{
    private static readonly TimeSpan LongestPauseInTrouble = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<TokenKey, Known> _known = new(options.MaxTokens);
    private readonly BoundedCache<TokenKey, DateTimeOffset> _refused = new(options.MaxRefusedTokens);
    private readonly ConcurrentDictionary<TokenKey, Lazy<Task<T?>>> _asking = new();
    private readonly TimeSpan _pauseInTrouble = options.Lifetime < LongestPauseInTrouble ? options.Lifetime : LongestPauseInTrouble;

    /// <summary>Gives the answer for a token, asking only where none is known.</summary>
    /// <param name="token">Which one.</param>
    /// <param name="ask">
    /// Asks the service. A <see cref="PlexUnauthorizedException"/> means that the token is not valid, any other <see cref="PlexException"/> that the service cannot answer.
    /// Its cancellation token is never cancelled, as others may be waiting for the same answer: it must end by itself.
    /// </param>
    /// <param name="cancellationToken">Ends the wait, not the question.</param>
    /// <returns>Null: the service does not accept the token.</returns>
    /// <exception cref="PlexException">The service cannot answer, and has not answered recently enough.</exception>
    public async ValueTask<T?> GetAsync(PlexToken token, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var key = TokenKey.Of(token);
        var now = time.GetUtcNow();
        if (_known.TryGet(key, out var known) && now < known.AskAgainAt)
            return known.Answer;
        if (_refused.TryGet(key, out var until) && now < until)
            return null;

        var asking = _asking.GetOrAdd(key, static (key, state) => new Lazy<Task<T?>>(() => Observed(state.Cache.AskAsync(key, state.Ask))), (Cache: this, Ask: ask));
        try
        {
            return await asking.Value.WaitAsync(cancellationToken);
        }
        catch (PlexException) when (known is not null && now < known.UsableUntil)
        {
            _known.Set(key, known with { AskAgainAt = Earlier(now + _pauseInTrouble, known.UsableUntil) });
            return known.Answer;
        }
    }

    /// <summary>Not cancelled with the request that happens to be first: others may be waiting for the same answer.</summary>
    private async Task<T?> AskAsync(TokenKey key, Func<CancellationToken, Task<T>> ask)
    {
        await Task.Yield();
        // An answer is as old as its question: what happened in between may not be in it.
        var asked = time.GetUtcNow();
        try
        {
            var answer = await ask(CancellationToken.None);
            _known.Set(key, new Known(answer, asked + options.Lifetime, asked + options.Lifetime + options.OutageGrace));
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

    /// <summary>Those who wait may all have left before the question fails, and a failure that nobody has seen is reported by the process.</summary>
    private static Task<T?> Observed(Task<T?> asking)
    {
        _ = asking.ContinueWith(
            static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return asking;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record Known(T Answer, DateTimeOffset AskAgainAt, DateTimeOffset UsableUntil);
}
