using PlexAuth.Internal;
using PlexAuth.Internal.Http;
using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>Device keys: register one, exchange its signature for tokens of seven days, verify such tokens. Thread-safe.</summary>
/// <remarks>
/// Most apps set <see cref="PlexCredential.FromDeviceKey"/> or <see cref="PlexCredential.FromSession"/> instead and never call these. Methods throw as those of
/// <see cref="PlexAuthenticationClient"/> do, and <see cref="PlatformNotSupportedException"/> where OpenSSL 3 is missing.
/// </remarks>
public sealed class PlexKeyClient
{
    private readonly Transport _transport;
    private readonly ClientSettings _settings;
    private readonly ServiceClock _clock;
    private readonly IssuerKeys _issuerKeys;

    internal PlexKeyClient(Transport transport, ClientSettings settings, ServiceClock clock)
    {
        _transport = transport;
        _settings = settings;
        _clock = clock;
        _issuerKeys = new IssuerKeys(FetchIssuerKeysAsync, settings.TimeProvider);
    }

    /// <summary>Registers a public key for the device that the client's token belongs to (<c>POST /auth/jwk</c>); it takes the place of the device's former key.</summary>
    /// <exception cref="PlexException">422 where another device has registered this key: make a new one.</exception>
    public async Task RegisterAsync(PlexJwk publicKey, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        var call = new Call(Operation.KeyRegistration, options) { Json = WriteJwk(publicKey) };
        await _transport.SendAsync(call, Answer.Anything, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for a value to sign (<c>GET /auth/nonce</c>): good once, within five minutes, for this client identifier.</summary>
    /// <exception cref="PlexRateLimitedException">More than some ten in a minute.</exception>
    public async Task<string> GetNonceAsync(PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.SendAsync(new Call(Operation.Nonce, options), KeyAnswers.Nonce, cancellationToken).ConfigureAwait(false);
        return answer.Text;
    }

    /// <summary>Gets a token for a registered key: asks for a nonce, signs it and sends it (<c>POST /auth/token</c>).</summary>
    /// <remarks>
    /// The times it signs are by the service's clock, as far as its answers tell it and by a day at most, so a wrong clock of this machine does not matter. Not
    /// repeated once it may have reached the service, because a signed nonce counts once: call again. The client's own token stays as it is.
    /// </remarks>
    /// <param name="key">Registered under the client identifier that calls.</param>
    /// <param name="scopes">What the token shall tell about the user, of <see cref="PlexJwtScopes"/>; null for nothing.</param>
    /// <param name="options">What the two calls do differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The token; its signature is not checked here, see <see cref="VerifyAsync"/>.</returns>
    /// <exception cref="PlexUnauthorizedException">498: the clocks differ by more than a day.</exception>
    /// <exception cref="PlexException">422: the key is not, or no longer, registered for this client identifier.</exception>
    public async Task<PlexToken> ExchangeAsync(
        PlexSigningKey key, IReadOnlyList<string>? scopes = null, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var token = await ExchangeForTokenAsync(key, scopes ?? [], options, cancellationToken).ConfigureAwait(false);
        return token.Token;
    }

    /// <summary>The public keys by which the account service signs (<c>GET /auth/keys</c>), oldest first; fetched at most every five minutes.</summary>
    public ValueTask<IReadOnlyList<PlexJwk>> GetIssuerKeysAsync(CancellationToken cancellationToken = default) => _issuerKeys.GetAsync(cancellationToken);

    /// <summary>Checks a token of the account service: signature by the issuer's keys, issuer, audience and times.</summary>
    /// <remarks>
    /// A key that is not known yet is looked for once more at the service, at most twice a minute however many tokens are checked. The times are judged by
    /// <see cref="PlexClientOptions.TimeProvider"/>. Whether the device was revoked meanwhile only a call with the token shows.
    /// </remarks>
    /// <param name="token">Anything that somebody sent.</param>
    /// <param name="clientIdentifier">The device it must have been issued to; null for this client.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<PlexJwtVerification> VerifyAsync(string token, string? clientIdentifier = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var rules = PlexJwtRules.ForAccount(clientIdentifier ?? _settings.Identity.ClientIdentifier);
        var keys = await _issuerKeys.GetAsync(cancellationToken).ConfigureAwait(false);
        var found = PlexJwt.Verify(token, keys, rules, _settings.TimeProvider.GetUtcNow());
        if (found.Status != PlexJwtStatus.UnknownKey)
            return found;

        keys = await _issuerKeys.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return PlexJwt.Verify(token, keys, rules, _settings.TimeProvider.GetUtcNow());
    }

    internal async Task<PlexAccessToken> ExchangeForTokenAsync(
        PlexSigningKey key, IReadOnlyList<string> scopes, PlexCallOptions? options, CancellationToken cancellationToken)
    {
        var nonce = await GetNonceAsync(options, cancellationToken).ConfigureAwait(false);
        var jwt = SignForService(key, options, nonce, scopes);
        var call = new Call(Operation.KeyExchange, options) { Json = WriteJwt(jwt), Secrets = [jwt, nonce] };
        var answer = await _transport.SendAsync(call, KeyAnswers.AuthToken, cancellationToken).ConfigureAwait(false);

        // Anything but a JWT is some other service's idea of a token; it is used until refused.
        return new PlexAccessToken(new PlexToken(answer.Text), PlexJwt.TryRead(answer.Text, out var read) ? read.Claims.ExpiresAt : null);
    }

    /// <summary>A device's own token, by the service's clock.</summary>
    internal string SignForService(PlexSigningKey key, PlexCallOptions? options, string? nonce, IReadOnlyList<string> scopes)
    {
        var client = (options?.Identity ?? _settings.Identity).ClientIdentifier;
        return PlexJwt.Create(key, PlexJwtClaims.ForDevice(client, _clock.Now, nonce, scopes)).Token.Reveal();
    }

    private async Task<IReadOnlyList<PlexJwk>> FetchIssuerKeysAsync(CancellationToken cancellationToken)
    {
        var answer = await _transport.SendAsync(new Call(Operation.IssuerKeys, null), KeyAnswers.Keys, cancellationToken).ConfigureAwait(false);
        return answer.Keys;
    }

    internal static byte[] WriteJwk(PlexJwk key) => JsonText.WriteBytes(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("jwk");
        key.WriteTo(json);
        json.WriteEndObject();
    });

    private static byte[] WriteJwt(string jwt) => JsonText.WriteBytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("jwt", jwt);
        json.WriteEndObject();
    });
}
