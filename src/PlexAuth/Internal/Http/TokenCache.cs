using System.Collections.Concurrent;

namespace PlexAuth.Internal.Http;

/// <summary>
/// The one cache of tokens. In this order a call uses: the token given with it, the one a sign-in left here, the credential's. The credential is asked by
/// one call at a time, for each authority on its own: some time before its token expires, and once more after a refusal.
/// </summary>
internal sealed class TokenCache(ClientSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly ConcurrentDictionary<Uri, KeptToken> _kept = new();
    private volatile PlexAccessToken? _signedIn;
    private volatile AskFailure? _failure;
    private PlexToken? _reported;
    private SwitchedFrom? _switchedFrom;

    /// <summary>Told once for each token that the account service has refused for good.</summary>
    public Action<PlexTokenInvalidReason>? Invalidated { get; set; }

    /// <summary>Known only once the client is complete.</summary>
    public DeviceExchange? Exchange { get; set; }

    public void SignedIn(PlexToken token)
    {
        _signedIn = new(token);
        _switchedFrom = null;
        _failure = null;
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

        var authority = AuthorityOf(address);
        var now = settings.TimeProvider.GetUtcNow();
        if (!_kept.TryGetValue(authority, out var kept) || kept.IsExpired(now))
            return (await AskAsync(call, authority, worn: null, cancellationToken).ConfigureAwait(false)).Token;
        if (kept.IsDue(now))
            return await RefreshAheadAsync(call, authority, kept, cancellationToken).ConfigureAwait(false);

        return kept.Given.Token;
    }

    /// <summary>Another token in place of one that was refused; null if there is none.</summary>
    public async ValueTask<PlexToken?> RenewAsync(Call call, Uri address, PlexToken? refused, CancellationToken cancellationToken)
    {
        if (refused is not { } token || call.Options?.Token is not null || _signedIn?.Token == token || settings.Credential is null)
            return null;

        var renewed = await AskAsync(call, AuthorityOf(address), worn: token, cancellationToken).ConfigureAwait(false);
        return renewed.Token == token ? null : renewed.Token;
    }

    /// <summary>A call ended because the account service refuses <paramref name="token"/>, and nothing replaced it.</summary>
    public void Refused(Call call, PlexToken? token, PlexTokenInvalidReason reason)
    {
        if (token is not { } dead || call.Options?.Token is not null)
            return;

        lock (_asking)
        {
            if (_reported == dead)
                return;
            _reported = dead;
        }

        Invalidated?.Invoke(reason);
    }

    public void Dispose() => _asking.Dispose();

    /// <summary>The token is still good: whoever comes first renews it, the others do not wait, and a failure is tried again later.</summary>
    private async ValueTask<PlexToken> RefreshAheadAsync(Call call, Uri authority, KeptToken kept, CancellationToken cancellationToken)
    {
        if (!kept.TryBeginRefresh(settings.TimeProvider.GetUtcNow()))
            return kept.Given.Token;

        try
        {
            return (await AskAsync(call, authority, kept.Given.Token, cancellationToken).ConfigureAwait(false)).Token;
        }
        catch (PlexException)
        {
            return kept.Given.Token;
        }
    }

    private async Task<PlexAccessToken> AskAsync(Call call, Uri authority, PlexToken? worn, CancellationToken cancellationToken)
    {
        var credential = settings.Credential ?? throw SignInRequired(call.Operation);
        var before = _failure;
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = settings.TimeProvider.GetUtcNow();
            if (_kept.TryGetValue(authority, out var kept) && !kept.IsExpired(now) && kept.Given.Token != worn)
                return kept.Given;
            if (_failure is { } failure && (!ReferenceEquals(failure, before) || failure.StillHolds(now)))
                throw failure.Exception;

            var request = new PlexTokenRequest(authority, call.Options?.Identity ?? settings.Identity, worn is not null) { Exchange = Exchange };
            var given = await credential.GetTokenAsync(request, cancellationToken).ConfigureAwait(false);
            _kept[authority] = new KeptToken(given, now);
            _failure = null;
            return given;
        }
        catch (PlexException e)
        {
            Failed(call, authority, e);
            throw;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Calls that waited for this answer share it; a refusal holds for a while, so that nobody hammers the service with a dead key.</summary>
    private void Failed(Call call, Uri authority, PlexException exception)
    {
        if (ReferenceEquals(_failure?.Exception, exception))
            return;

        _failure = new AskFailure(exception, settings.TimeProvider.GetUtcNow());
        if (exception is PlexUnauthorizedException)
            Refused(call, _kept.TryGetValue(authority, out var kept) ? kept.Given.Token : default(PlexToken), PlexTokenInvalidReason.DeviceKeyRefused);
    }

    private static Uri AuthorityOf(Uri address) => new(address.GetLeftPart(UriPartial.Authority));

    private static PlexSignInRequiredException SignInRequired(Operation operation) =>
        new($"The {operation.Name} needs a token and there is none. Call SignInAsync first, or set PlexClientOptions.Credential, such as PlexCredential.FromToken(token).")
        {
            Operation = operation.Name,
        };

    /// <param name="Token">Null: the credential's.</param>
    private sealed record SwitchedFrom(PlexAccessToken? Token);

    private sealed record AskFailure(PlexException Exception, DateTimeOffset At)
    {
        private static readonly TimeSpan RefusalHolds = TimeSpan.FromMinutes(1);

        public bool StillHolds(DateTimeOffset now) => Exception is PlexUnauthorizedException && now - At < RefusalHolds && now >= At;
    }
}
