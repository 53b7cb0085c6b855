using System.Net.Http;
using System.Text;

namespace PlexAuth.Internal.Http;

/// <summary>The handler under every client that did not bring its own.</summary>
internal static class HttpHandler
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(15);

    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        PooledConnectionLifetime = ConnectionLifetime,
    };
}
