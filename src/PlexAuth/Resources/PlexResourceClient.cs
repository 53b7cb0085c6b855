using System.Collections.Concurrent;
using PlexAuth.Internal.Http;
using PlexAuth.Internal.Resources;

namespace PlexAuth;

/// <summary>Finds the media servers of an account and the way to them. Get it from <see cref="PlexClient.Resources"/>; thread-safe.</summary>
public sealed class PlexResourceClient
{
    private readonly Transport _transport;
    private readonly TokenCache _tokens;
    private readonly ClientSettings _settings;
    private readonly ConcurrentDictionary<string, Uri> _lastGood = new(StringComparer.Ordinal);

    internal PlexResourceClient(Transport transport, TokenCache tokens, ClientSettings settings)
    {
        _transport = transport;
        _tokens = tokens;
        _settings = settings;
    }

    /// <summary>Lists the servers and players of the token's account (<c>GET /resources</c>) with all their addresses: secure, relayed and IPv6 ones too.</summary>
    /// <remarks>Servers come and go and their tokens change: ask again when a server refuses its token. Players are in the list; see <see cref="PlexResource.IsServer"/>.</remarks>
    /// <exception cref="PlexUnauthorizedException">The token is not, or no longer, valid.</exception>
    public async Task<IReadOnlyList<PlexResource>> ListAsync(PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new Call(Operation.Resources, options) { Query = "?includeHttps=1&includeRelay=1&includeIPv6=1" };
        return await _transport.SendAsync(call, PlexResource.ReadList, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds the best address under which a media server works, and gives the connection to it.</summary>
    /// <remarks>
    /// Tries the addresses side by side: local https first, then local http if allowed, then remote ones, the relay last. Whoever answers must first prove
    /// (by its machine identifier) to be that server; only then is the server's own token sent. An address that worked before is tried first, in this client.
    /// The connections are made directly, not through an <see cref="HttpClient"/> that was given to <see cref="PlexClient"/>, nor through a proxy that the
    /// machine or its environment (<c>HTTPS_PROXY</c>) names.
    /// </remarks>
    /// <param name="resource">One of <see cref="ListAsync"/>.</param>
    /// <param name="policy">What is good enough; null for <see cref="PlexConnectPolicy.Default"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="PlexConnectException">No address works, or there is no access to the server; the message says why for each.</exception>
    public async Task<PlexServerConnection> ConnectAsync(PlexResource resource, PlexConnectPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (resource.ClientIdentifier.Length == 0)
            throw new ArgumentException("A resource without a ClientIdentifier cannot be recognised when it answers.", nameof(resource));
        policy ??= PlexConnectPolicy.Default;
        if (resource.AccessToken is not { } token)
            throw ConnectFailures.NoAccess(resource);

        var sockets = ServerSockets.Create(policy);
        try
        {
            using var invoker = new HttpMessageInvoker(sockets, disposeHandler: false);
            var race = new Race(CandidateList.Of(resource, policy), new Probe(invoker, resource, token, _settings), policy, _settings.TimeProvider);
            var result = await race.RunAsync(_lastGood.GetValueOrDefault(resource.ClientIdentifier), cancellationToken).ConfigureAwait(false);
            if (result.Winner is null)
                throw ConnectFailures.NoAddress(resource, result.Attempts);

            _lastGood[resource.ClientIdentifier] = result.Winner.Uri;
            return new PlexServerConnection(resource, token, result, sockets, _settings, _tokens);
        }
        catch
        {
            sockets.Dispose();
            throw;
        }
    }
}
