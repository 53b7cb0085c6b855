using System.Net;
using System.Net.Sockets;
using PlexAuth.Internal.Http;

namespace PlexAuth.Internal.Resources;

/// <summary>The connections to one media server: the usual ones, but for its trust, for names that hold their address, and past any proxy, which would look them up.</summary>
internal static class ServerSockets
{
    public static SocketsHttpHandler Create(PlexConnectPolicy policy)
    {
        var handler = HttpHandler.Create();
        handler.UseProxy = false;
        handler.ConnectCallback = ConnectAsync;
        handler.SslOptions.RemoteCertificateValidationCallback = new ServerTrust(policy).Validate;
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        EndPoint target = PlexDirect.AddressIn(host) is { } address ? new IPEndPoint(address, context.DnsEndPoint.Port) : context.DnsEndPoint;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
