using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace PlexAuth.Server.Http;

/// <summary>Where clients reach this server: as configured, else where it listens. Never from a Host header, which a caller could choose.</summary>
internal sealed class PublicAddress(IOptions<PlexAuthServerOptions> options, IServer? server = null)
{
    public Uri Value => field ??= options.Value.PublicUrl ?? Listening() ?? new Uri("http://localhost");

    private Uri? Listening() =>
        server?.Features.Get<IServerAddressesFeature>()?.Addresses.Select(Reachable).FirstOrDefault(address => address is not null);

    private static Uri? Reachable(string address)
    {
        var reachable = address.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal);
        return Uri.TryCreate(reachable, UriKind.Absolute, out var uri) && uri.Port > 0 ? uri : null;
    }
}
