using System.Net;
using System.Net.Sockets;

namespace PlexAuth.Server.Http.Calls;

/// <summary>Where a call came from, and the two grains by which budgets count it and people are told of it.</summary>
/// <param name="Source">Null where the connection has no address.</param>
/// <param name="Address">One subscriber: an IPv4 address or an IPv6 /56.</param>
/// <param name="Network">The neighbourhood: an IPv4 /24 or an IPv6 /48.</param>
internal sealed record ClientNetwork(IPAddress? Source, string Address, string Network)
{
    private const string Loopback = "this computer";

    /// <summary>No address that anything can be counted by: a person at this computer, or a proxy on it that does not tell for whom it calls.</summary>
    public bool IsThisComputer => ReferenceEquals(Address, Loopback);

    public static ClientNetwork Of(IPAddress? source)
    {
        if (source is { IsIPv4MappedToIPv6: true })
            source = source.MapToIPv4();

        if (source is null || IPAddress.IsLoopback(source))
            return new ClientNetwork(source, Loopback, Loopback);

        return source.AddressFamily == AddressFamily.InterNetwork
            ? new ClientNetwork(source, source.ToString(), Prefix(source, 24))
            : new ClientNetwork(source, Prefix(source, 56), Prefix(source, 48));
    }

    private static string Prefix(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, bits / 8, bytes.Length - bits / 8);
        return $"{new IPAddress(bytes)}/{bits}";
    }
}
