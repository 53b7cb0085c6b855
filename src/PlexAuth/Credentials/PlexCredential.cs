using PlexAuth.Internal.Credentials;

namespace PlexAuth;

/// <summary>A source of tokens. Implementations are thread-safe and need no cache: the client keeps a token until shortly before it expires or is refused.</summary>
/// <remarks>
/// No source ever asks a person anything: interactive sign-in is a flow whose result is kept in a <see cref="PlexSessionStore"/> or used by the client at
/// once. None throws away what it was given, whatever a service answers.
/// </remarks>
public abstract class PlexCredential
{
    /// <summary>Gives a token for one destination.</summary>
    /// <returns>Never null. A source that has none throws <see cref="PlexSignInRequiredException"/>, and no request is made.</returns>
    public abstract ValueTask<PlexAccessToken> GetTokenAsync(PlexTokenRequest request, CancellationToken cancellationToken);

    /// <summary>Always the same token.</summary>
    /// <exception cref="ArgumentException"><paramref name="token"/> is the default value, which holds no token.</exception>
    public static PlexCredential FromToken(PlexToken token) =>
        token == default ? throw new ArgumentException("This PlexToken holds no token.", nameof(token)) : new FixedCredential(token);

    /// <inheritdoc cref="FromToken(PlexToken)" path="/summary"/>
    /// <exception cref="ArgumentException"><paramref name="token"/> cannot be a token; see <see cref="PlexToken(string)"/>.</exception>
    public static PlexCredential FromToken(string token) => new FixedCredential(new PlexToken(token));

    /// <summary>Signs a fresh nonce with a registered device key and exchanges that for a token of seven days, again and again.</summary>
    /// <remarks>
    /// The key belongs to one client identifier: use it with the identity it was registered under, by <see cref="PlexKeyClient.RegisterAsync"/> or a PIN with
    /// <see cref="PlexPinRequest.DeviceKey"/>. Works also after the last token has expired. A key the service refuses ends in
    /// <see cref="PlexUnauthorizedException"/>.
    /// </remarks>
    /// <param name="key">Stays the caller's to dispose, after the client.</param>
    /// <param name="scopes">What the tokens shall tell about the user, of <see cref="PlexJwtScopes"/>; null for nothing.</param>
    public static PlexCredential FromDeviceKey(PlexSigningKey key, IReadOnlyList<string>? scopes = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new DeviceKeyCredential(key, scopes ?? []);
    }

    /// <summary>What an earlier sign-in left in a store; renewed there by its device key, if it has one, for all processes that share the store.</summary>
    /// <remarks>
    /// The session counts only at the account service and for the client identifier it was made with. It is read again whenever its token is refused, so a
    /// sign-in by another process is noticed.
    /// </remarks>
    public static PlexCredential FromSession(PlexSessionStore store, string profile = PlexSessionStore.DefaultProfile)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new SessionCredential(store, PlexSessionStore.CheckProfile(profile));
    }

    /// <summary>The token in the environment variable <c>PLEX_TOKEN</c>, or in the file that <c>PLEX_TOKEN_FILE</c> names, as container secrets are mounted.</summary>
    /// <remarks>A file is read again when its token is refused.</remarks>
    public static PlexCredential FromEnvironment() => new EnvironmentCredential();

    /// <summary>Whatever <paramref name="getToken"/> gives: a secret store, a file, another service.</summary>
    public static PlexCredential Create(Func<PlexTokenRequest, CancellationToken, ValueTask<PlexAccessToken>> getToken)
    {
        ArgumentNullException.ThrowIfNull(getToken);
        return new DelegateCredential(getToken);
    }

    /// <summary>The first of several sources that has a token.</summary>
    /// <remarks>
    /// Moves on only when a source has nothing (<see cref="PlexSignInRequiredException"/>). A source whose token is refused, or whose service cannot be
    /// reached, is not passed over: that would change the account unnoticed.
    /// </remarks>
    public static PlexCredential Chain(params ReadOnlySpan<PlexCredential> credentials)
    {
        if (credentials.IsEmpty)
            throw new ArgumentException("A chain needs at least one credential.", nameof(credentials));
        foreach (var credential in credentials)
            ArgumentNullException.ThrowIfNull(credential, nameof(credentials));

        return new ChainCredential([.. credentials]);
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
