using PlexAuth.Internal.Http;

namespace PlexAuth;

/// <summary>A client of the Plex account service and one media server. Make one and keep it; thread-safe.</summary>
/// <remarks>
/// The token, the password and the identity go to <see cref="PlexClientOptions.AccountUrl"/>, <see cref="PlexClientOptions.ServerUrl"/> or the address given for a call and
/// nowhere else: redirects are not followed.
/// </remarks>
public sealed class PlexClient : IDisposable
{
    private readonly HttpClient? _ownHttpClient;
    private readonly TokenCache _tokens;

    /// <summary>Makes a client with connections of its own.</summary>
    /// <exception cref="InvalidOperationException">An option is missing or wrong; the message names it.</exception>
    public PlexClient(PlexClientOptions options) : this(new ClientSettings(options), null)
    {
    }

    /// <summary>Makes a client that sends through <paramref name="httpClient"/>, which stays the caller's to dispose.</summary>
    /// <remarks>
    /// Its handler must not follow redirects (<c>AllowAutoRedirect = false</c>), because the platform sends X-Plex headers along to any host; an answer that was redirected
    /// all the same is refused. For identity values outside ASCII set <c>RequestHeaderEncodingSelector</c> to UTF-8. Its own timeout applies too.
    /// </remarks>
    /// <exception cref="InvalidOperationException">An option is missing or wrong; the message names it.</exception>
    public PlexClient(HttpClient httpClient, PlexClientOptions options)
        : this(new ClientSettings(options), httpClient ?? throw new ArgumentNullException(nameof(httpClient)))
    {
    }

    private PlexClient(ClientSettings settings, HttpClient? httpClient)
    {
        if (httpClient is null)
            httpClient = _ownHttpClient = new HttpClient(HttpHandler.Create()) { Timeout = Timeout.InfiniteTimeSpan };

        _tokens = new TokenCache(settings) { Invalidated = reason => TokenInvalidated?.Invoke(this, new PlexTokenInvalidatedEventArgs(reason)) };
        var clock = new ServiceClock(settings.TimeProvider);
        var transport = new Transport(httpClient, settings, _tokens, clock);
        Authentication = new PlexAuthenticationClient(transport, _tokens, settings);
        Devices = new PlexDeviceClient(transport);
        TwoFactor = new PlexTwoFactorClient(transport);
        Keys = new PlexKeyClient(transport, settings, clock);
        Pins = new PlexPinClient(transport, _tokens, settings, Authentication, Keys);
        Resources = new PlexResourceClient(transport, _tokens, settings);
        Home = new PlexHomeClient(transport, _tokens, settings);
        _tokens.Exchange = new DeviceExchange(Keys, settings);
    }

    /// <summary>The client's token is of no use any more, and a person has to sign in again: raised once for each token, on the thread of the call that met it.</summary>
    /// <remarks>
    /// Only a refusal by the account service, in its own words, counts: never a network fault, a page of something in between, a rate limit, a failure of the
    /// service, or a media server's refusal. Nothing is discarded: what a store keeps stays there. A handler that throws breaks the call.
    /// </remarks>
    public event EventHandler<PlexTokenInvalidatedEventArgs>? TokenInvalidated;

    /// <summary>Signing in and out, tokens, and source connections.</summary>
    public PlexAuthenticationClient Authentication { get; }

    /// <summary>Signing in by PIN and browser.</summary>
    public PlexPinClient Pins { get; }

    /// <summary>The media servers of an account.</summary>
    public PlexResourceClient Resources { get; }

    /// <summary>The members of a Plex Home.</summary>
    public PlexHomeClient Home { get; }

    /// <summary>Device keys and the tokens they sign for.</summary>
    public PlexKeyClient Keys { get; }

    /// <summary>The devices that are signed in to the account.</summary>
    public PlexDeviceClient Devices { get; }

    /// <summary>The account's second factor, on services that let apps change it.</summary>
    public PlexTwoFactorClient TwoFactor { get; }

    /// <summary>Closes the connections, unless they are the caller's.</summary>
    public void Dispose()
    {
        _ownHttpClient?.Dispose();
        _tokens.Dispose();
    }
}
