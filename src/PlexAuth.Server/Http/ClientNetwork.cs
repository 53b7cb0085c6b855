using System.Net;
using System.Net.Sockets;

namespace PlexAuth.Server.Http;

/// <summary>Where a call came from, in the two grains by which budgets count and people are warned.</summary>
/// <param name="Address">One subscriber: an IPv4 address or an IPv6 /56.</param>
/// <param name="Network">The neighbourhood: an IPv4 /24 or an IPv6 /48, in CIDR form.</param>
internal sealed record ClientNetwork(string Address, string Network)
{
    private const string Loopback = "this computer";

    public static ClientNetwork Of(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();

        if (address is null || IPAddress.IsLoopback(address))
            return new ClientNetwork(Loopback, Loopback);

        return address.AddressFamily == AddressFamily.InterNetwork
            ? new ClientNetwork(address.ToString(), Prefix(address, 24))
            : new ClientNetwork(Prefix(address, 56), Prefix(address, 48));
    }

    private static string Prefix(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, bits / 8, bytes.Length - bits / 8);
        return $"{new IPAddress(bytes)}/{bits}";
    }
}
