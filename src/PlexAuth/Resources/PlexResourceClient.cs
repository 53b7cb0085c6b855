using PlexAuth.Internal.Http;

namespace PlexAuth;

/// <summary>Finds the media servers of an account. Get it from <see cref="PlexClient.Resources"/>; thread-safe.</summary>
public sealed class PlexResourceClient
{
    private readonly Transport _transport;

    internal PlexResourceClient(Transport transport) => _transport = transport;

    /// <summary>Lists the servers and players of the token's account (<c>GET /resources</c>) with all their addresses: secure, relayed and IPv6 ones too.</summary>
    /// <remarks>Servers come and go and their tokens change: ask again when a server refuses its token. Players are in the list; see <see cref="PlexResource.IsServer"/>.</remarks>
    /// <exception cref="PlexUnauthorizedException">The token is not, or no longer, valid.</exception>
    public async Task<IReadOnlyList<PlexResource>> ListAsync(PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new Call(Operation.Resources, options) { Query = "?includeHttps=1&includeRelay=1&includeIPv6=1" };
        return await _transport.SendAsync(call, PlexResource.ReadList, cancellationToken).ConfigureAwait(false);
    }
}
