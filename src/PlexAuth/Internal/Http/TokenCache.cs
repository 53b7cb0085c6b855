using System.Collections.Concurrent;

namespace PlexAuth.Internal.Http;

/// <summary>
/// The one cache of tokens. In this order a call uses: the token given with it, the one a sign-in left here, the credential's. The credential is asked by
/// one call at a time, for each address on its own, again when its token is about to expire, and once more after a refusal.
/// </summary>
internal sealed class TokenCache(ClientSettings settings) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly ConcurrentDictionary<Uri, PlexAccessToken> _fromCredential = new();
    private volatile PlexAccessToken? _signedIn;

    public void SignedIn(PlexToken token) => _signedIn = new(token);

    /// <summary>Drops <paramref name="token"/> if it is the client's own.</summary>
    public void SignedOut(PlexToken? token)
    {
        if (token is null || _signedIn?.Token == token)
            _signedIn = null;

        foreach (var kept in _fromCredential.Where(kept => token is null || kept.Value.Token == token))
            _fromCredential.TryRemove(kept);
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
        if (_fromCredential.TryGetValue(address, out var kept) && IsFresh(kept))
            return kept.Token;

        return (await AskAsync(call, address, refused: null, cancellationToken).ConfigureAwait(false)).Token;
    }

    /// <summary>Another token in place of one that was refused; null if there is none.</summary>
    public async ValueTask<PlexToken?> RenewAsync(Call call, Uri address, PlexToken? refused, CancellationToken cancellationToken)
    {
        if (refused is not { } token || call.Options?.Token is not null || _signedIn?.Token == token || settings.Credential is null)
            return null;

        var renewed = await AskAsync(call, address, refused, cancellationToken).ConfigureAwait(false);
        return renewed.Token == token ? null : renewed.Token;
    }

    public void Dispose() => _asking.Dispose();

    private async Task<PlexAccessToken> AskAsync(Call call, Uri address, PlexToken? refused, CancellationToken cancellationToken)
    {
        var credential = settings.Credential ?? throw SignInRequired(call.Operation);
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_fromCredential.TryGetValue(address, out var kept) && IsFresh(kept) && kept.Token != refused)
                return kept;

            var request = new PlexTokenRequest(new Uri(address.GetLeftPart(UriPartial.Authority)), call.Options?.Identity ?? settings.Identity, refused is not null);
            return _fromCredential[address] = await credential.GetTokenAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _asking.Release();
        }
    }

    private bool IsFresh(PlexAccessToken token) => token.ExpiresAt is not { } end || end - RenewBefore > settings.TimeProvider.GetUtcNow();

    private static PlexSignInRequiredException SignInRequired(Operation operation) =>
        new($"The {operation.Name} needs a token and there is none. Call SignInAsync first, or set PlexClientOptions.Credential, such as PlexCredential.FromToken(token).")
        {
            Operation = operation.Name,
        };
}
