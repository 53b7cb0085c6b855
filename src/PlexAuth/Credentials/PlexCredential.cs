namespace PlexAuth;

/// <summary>A source of tokens. Implementations are thread-safe and need no cache: the client keeps a token until shortly before it expires or is refused.</summary>
public abstract class PlexCredential
{
    /// <summary>Gives a token for one destination.</summary>
    /// <returns>Never null. A source that has none throws <see cref="PlexSignInRequiredException"/>, and no request is made.</returns>
    public abstract ValueTask<PlexAccessToken> GetTokenAsync(PlexTokenRequest request, CancellationToken cancellationToken);

    /// <summary>Always the same token.</summary>
    public static PlexCredential FromToken(PlexToken token) => new FixedCredential(token);

    /// <inheritdoc cref="FromToken(PlexToken)"/>
    /// <exception cref="ArgumentException"><paramref name="token"/> cannot be a token; see <see cref="PlexToken(string)"/>.</exception>
    public static PlexCredential FromToken(string token) => new FixedCredential(new PlexToken(token));

    /// <summary>Whatever <paramref name="getToken"/> gives: a secret store, a file, another service.</summary>
    public static PlexCredential Create(Func<PlexTokenRequest, CancellationToken, ValueTask<PlexAccessToken>> getToken)
    {
        ArgumentNullException.ThrowIfNull(getToken);
        return new DelegateCredential(getToken);
    }

    private sealed class FixedCredential(PlexToken token) : PlexCredential
    {
        private readonly PlexAccessToken _token = new(token);

        public override ValueTask<PlexAccessToken> GetTokenAsync(PlexTokenRequest request, CancellationToken cancellationToken) => new(_token);
    }

    private sealed class DelegateCredential(Func<PlexTokenRequest, CancellationToken, ValueTask<PlexAccessToken>> getToken) : PlexCredential
    {
        public override ValueTask<PlexAccessToken> GetTokenAsync(PlexTokenRequest request, CancellationToken cancellationToken) =>
            getToken(request, cancellationToken);
    }
}
