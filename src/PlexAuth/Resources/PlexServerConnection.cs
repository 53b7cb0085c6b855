using PlexAuth.Internal.Http;
using PlexAuth.Internal.Resources;

namespace PlexAuth;

/// <summary>A media server that was found, proved to be the right one and accepts its token. Thread-safe; dispose it to close its connections.</summary>
public sealed class PlexServerConnection : IAsyncDisposable
{
    /// <summary>Goes by <see cref="PlexClientOptions.Timeout"/>; <see cref="Http"/> by its own, which is the caller's to set.</summary>
    private readonly HttpClient _ownCalls;
    private readonly PlexAuthenticationClient _authentication;
    private readonly PlexCallOptions _options;

    internal PlexServerConnection(PlexResource resource, PlexServerToken token, RaceResult race, HttpMessageHandler handler, ClientSettings settings, TokenCache tokens)
    {
        Resource = resource;
        Uri = race.Winner!.Uri;
        Attempts = race.Attempts;
        var guarded = new ServerHandler(Uri, token, settings) { InnerHandler = handler };
        Http = new HttpClient(guarded) { BaseAddress = Uri.AbsoluteUri.EndsWith('/') ? Uri : new Uri(Uri.AbsoluteUri + "/") };
        _ownCalls = new HttpClient(guarded, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _options = new PlexCallOptions { ServerUrl = Uri, Token = token.AsSent() };
        _authentication = new PlexAuthenticationClient(new Transport(_ownCalls, settings, tokens, new ServiceClock(settings.TimeProvider)), tokens, settings);
    }

    /// <summary>What was connected to, as the account service described it.</summary>
    public PlexResource Resource { get; }

    /// <summary>The address in use. Kept and given back in <see cref="PlexConnectPolicy.Addresses"/>, it is tried first the next time.</summary>
    public Uri Uri { get; }

    /// <summary>For any call to this server: base address, token and identity are set, redirects are not followed, and an address anywhere else is refused.</summary>
    /// <remarks>Its timeout is the platform's usual one, 100 seconds, and the caller's to change before the first call.</remarks>
    public HttpClient Http { get; }

    /// <summary>Every address that was considered, best first, with what came of it.</summary>
    public IReadOnlyList<PlexConnectAttempt> Attempts { get; }

    /// <summary>Asks this server for a token to hand to another device or app instead of its own (<c>POST /security/token</c>).</summary>
    /// <exception cref="PlexException">The call failed; the type says how.</exception>
    public Task<PlexTransientToken> GetTransientTokenAsync(PlexTransientTokenRequest? request = null, CancellationToken cancellationToken = default) =>
        _authentication.GetTransientTokenAsync(request, _options, cancellationToken);

    /// <summary>Asks this server how it reaches another source (<c>GET /security/resources</c>). For the server's owner.</summary>
    /// <param name="source"><c>server://</c> or <c>provider://</c> and an identifier.</param>
    /// <param name="refresh">Ask anew instead of from the server's memory.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PlexException">The call failed; the type says how.</exception>
    public Task<PlexSourceConnection> GetSourceConnectionInformationAsync(string source, bool refresh = false, CancellationToken cancellationToken = default) =>
        _authentication.GetSourceConnectionInformationAsync(source, refresh, _options, cancellationToken);

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync()
    {
        _ownCalls.Dispose();
        Http.Dispose();
        return ValueTask.CompletedTask;
    }
}
