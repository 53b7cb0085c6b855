using System.Collections.Concurrent;

namespace PlexAuth.Internal.Http;

/// <summary>
/// The one cache of tokens. In this order a call uses: the token given with it, the one a sign-in left here, the credential's. The credential is asked by
/// one call at a time, for each authority and client identifier on its own: some time before its token expires, and once more after a refusal.
/// </summary>
internal sealed class TokenCache(ClientSettings settings) : IDisposable
{
    /// <summary>What a call waits for another token while the one it has is still good.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly ConcurrentDictionary<Asked, KeptToken> _kept = new();
    private readonly ConcurrentDictionary<Asked, AskFailure> _failures = new();
    private readonly HashSet<PlexToken> _reported = [];
    private volatile PlexAccessToken? _signedIn;
    private SwitchedFrom? _switchedFrom;

    /// <summary>Told once for each token that the account service has refused for good.</summary>
    public Action<PlexTokenInvalidReason>? Invalidated { get; set; }

    /// <summary>Known only once the client is complete.</summary>
    public DeviceExchange? Exchange { get; set; }

    public void SignedIn(PlexToken token)
    {
        _signedIn = new(token);
        _switchedFrom = null;
        _failures.Clear();
    }

    /// <summary>The client is somebody else until <see cref="Restore"/>.</summary>
    public void Switched(PlexToken token)
    {
        lock (_kept)
        {
            _switchedFrom ??= new(_signedIn);
            _signedIn = new(token);
        }
    }

    /// <summary>False if there is nothing to go back to.</summary>
    public bool Restore()
    {
        lock (_kept)
        {
            if (_switchedFrom is not { } before)
                return false;

            (_signedIn, _switchedFrom) = (before.Token, null);
            return true;
        }
    }

    /// <summary>Drops <paramref name="token"/> if it is the client's own.</summary>
    public void SignedOut(PlexToken? token)
    {
        if (token is null || _signedIn?.Token == token)
            (_signedIn, _switchedFrom) = (null, null);

        foreach (var kept in _kept.Where(kept => token is null || kept.Value.Given.Token == token))
            _kept.TryRemove(kept);
    }

    /// <summary>Null for an operation that needs none.</summary>
    public async ValueTask<PlexToken?> GetAsync(Call call, Uri address, CancellationToken cancellationToken)
    {
        if (!call.Operation.NeedsToken)
            return null;
        if (call.Options?.Token is { } given)
            return given;
        if (_signedIn is { } own)
            return own.Token;

        var asked = AskedBy(call, address);
        var now = settings.TimeProvider.GetUtcNow();
        if (!_kept.TryGetValue(asked, out var kept) || kept.IsExpired(now))
            return (await AskAsync(call, asked, worn: null, cancellationToken).ConfigureAwait(false)).Token;
        if (kept.IsDue(now))
            return await RefreshAheadAsync(call, asked, kept, cancellationToken).ConfigureAwait(false);

        return kept.Given.Token;
    }

    /// <summary>Another token in place of one that was refused; null if there is none.</summary>
    public async ValueTask<PlexToken?> RenewAsync(Call call, Uri address, PlexToken? refused, CancellationToken cancellationToken)
    {
        if (refused is not { } token || call.Options?.Token is not null || _signedIn?.Token == token || settings.Credential is null)
            return null;

        var renewed = await AskAsync(call, AskedBy(call, address), worn: token, cancellationToken).ConfigureAwait(false);
        return renewed.Token == token ? null : renewed.Token;
    }

    /// <summary>A call ended because the account service refuses <paramref name="token"/>, and nothing replaced it. Who signs out need not sign in again.</summary>
    public void Refused(Call call, PlexToken? token, PlexTokenInvalidReason reason)
    {
        if (token is not { } dead || call.Options?.Token is not null || call.Operation == Operation.SignOut)
            return;

        lock (_reported)
        {
            if (!_reported.Add(dead))
                return;
        }

        Invalidated?.Invoke(reason);
    }

    public void Dispose() => _asking.Dispose();

    /// <summary>The token is still good: whoever comes first renews it, the others do not wait, and a failure is tried again later.</summary>
    private async ValueTask<PlexToken> RefreshAheadAsync(Call call, Asked asked, KeptToken kept, CancellationToken cancellationToken)
    {
        if (!kept.TryBeginRefresh(settings.TimeProvider.GetUtcNow()))
            return kept.Given.Token;

        using var patience = new CancellationTokenSource(Patience, settings.TimeProvider);
        using var forwarded = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), patience);
        try
        {
            return (await AskAsync(call, asked, kept.Given.Token, patience.Token).ConfigureAwait(false)).Token;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return kept.Given.Token;
        }
    }

    private async Task<PlexAccessToken> AskAsync(Call call, Asked asked, PlexToken? worn, CancellationToken cancellationToken)
    {
        var credential = settings.Credential ?? throw SignInRequired(call.Operation);
        var before = _failures.GetValueOrDefault(asked);
        PlexToken? dead = null;
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = settings.TimeProvider.GetUtcNow();
            if (_kept.TryGetValue(asked, out var kept) && !kept.IsExpired(now) && kept.Given.Token != worn)
                return kept.Given;
            if (_failures.TryGetValue(asked, out var failure) && (!ReferenceEquals(failure, before) || failure.StillHolds(now)))
                throw failure.Exception;

            var request = new PlexTokenRequest(asked.Authority, call.Options?.Identity ?? settings.Identity, worn is not null) { Exchange = Exchange };
            var given = await credential.GetTokenAsync(request, cancellationToken).ConfigureAwait(false);
            _kept[asked] = new KeptToken(given, now);
            _failures.TryRemove(asked, out _);
            return given;
        }
        catch (PlexException e)
        {
            dead = Failed(asked, e);
            throw;
        }
        finally
        {
            _asking.Release();

            // Only now, because a handler may make calls that ask too.
            Refused(call, dead, PlexTokenInvalidReason.DeviceKeyRefused);
        }
    }

    /// <summary>Calls that waited for this answer share it; a refused key's holds for a while, so that nobody hammers the service with a dead key.</summary>
    /// <returns>What is of no use any more since this failure, which for a key without any token yet is the default; null: nothing.</returns>
    private PlexToken? Failed(Asked asked, PlexException exception)
    {
        if (ReferenceEquals(_failures.GetValueOrDefault(asked)?.Exception, exception))
            return null;

        _failures[asked] = new AskFailure(exception, settings.TimeProvider.GetUtcNow());
        if (exception is not PlexUnauthorizedException { DeviceKeyRefused: true })
            return null;

        return _kept.TryGetValue(asked, out var kept) ? kept.Given.Token : default(PlexToken);
    }

    private Asked AskedBy(Call call, Uri address) =>
        new(new Uri(address.GetLeftPart(UriPartial.Authority)), (call.Options?.Identity ?? settings.Identity).ClientIdentifier);

    private static PlexSignInRequiredException SignInRequired(Operation operation) =>
        new($"The {operation.Name} needs a token and there is none. Call SignInAsync first, or set PlexClientOptions.Credential, such as PlexCredential.FromToken(token).")
        {
            Operation = operation.Name,
        };

    /// <param name="Token">Null: the credential's.</param>
    private sealed record SwitchedFrom(PlexAccessToken? Token);

    /// <summary>What a token belongs to.</summary>
    private readonly record struct Asked(Uri Authority, string ClientIdentifier);

    private sealed record AskFailure(PlexException Exception, DateTimeOffset At)
    {
        private static readonly TimeSpan RefusalHolds = TimeSpan.FromMinutes(1);

        public bool StillHolds(DateTimeOffset now) => Exception is PlexUnauthorizedException { DeviceKeyRefused: true } && now - At < RefusalHolds && now >= At;
    }
}
