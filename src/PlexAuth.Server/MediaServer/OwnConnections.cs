using System.Net;
using System.Net.Sockets;
using PlexAuth.Server.Http;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.MediaServer;

/// <summary>How this process's own media server is reached: where it listens, or where its operator says.</summary>
internal sealed class OwnConnections(PublicAddress address)
{
    public IReadOnlyList<Connection> List() => [To(address.Value)];

    public static Connection To(Uri uri) => new()
    {
        Protocol = uri.Scheme,
        Address = uri.Host.Trim('[', ']'),
        Port = uri.Port,
        Uri = $"{uri.Scheme}://{uri.Host}:{uri.Port}",
        Local = IsLocal(uri),
    };

    private static bool IsLocal(Uri uri) =>
        uri.IsLoopback || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IsPrivate(address));

    private static bool IsPrivate(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes() is [10, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and < 32, ..]
        : address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
}
