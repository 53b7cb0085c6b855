using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace PlexAuth.Internal.Resources;

/// <summary>
/// Names such as <c>192-168-1-10.0123456789abcdef0123456789abcdef.plex.direct</c>: an IP address, and whose certificate fits. The address is taken from the
/// name itself, so that a DNS that suppresses names of private addresses is in nobody's way; the certificate must fit the name all the same.
/// </summary>
internal static class PlexDirect
{
    private const string Domain = ".plex.direct";
    private const int HashLength = 32;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary><c>.{hash}.plex.direct</c>; null for any other name.</summary>
    public static string? ZoneOf(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && host.Length == dot + 1 + HashLength + Domain.Length && host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase)
            && host.AsSpan(dot + 1, HashLength).IndexOfAnyExcept(Hex) < 0
            ? host[dot..]
            : null;
    }

    /// <summary>The IP address a name holds.</summary>
    public static IPAddress? AddressIn(string host)
    {
        if (ZoneOf(host) is not { } zone)
            return null;

        var dashed = host[..^zone.Length];
        var text = dashed.Count(c => c == '-') == 3 && !dashed.Contains("--", StringComparison.Ordinal) ? dashed.Replace('-', '.') : dashed.Replace('-', ':');
        return IPAddress.TryParse(text, out var address) ? address : null;
    }

    /// <summary>The name of a bare IP address in <paramref name="zone"/>; null for anything else.</summary>
    public static string? NameOf(string address, string? zone) =>
        zone is not null && IPAddress.TryParse(address, out var ip) ? ip.ToString().Replace('.', '-').Replace(':', '-') + zone : null;

    /// <summary>Whether a host is this machine or has an address of a private network.</summary>
    public static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || ((AddressIn(host) ?? (IPAddress.TryParse(host, out var ip) ? ip : null)) is { } address && IsLocal(address));

    private static bool IsLocal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address))
            return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;

        return address.GetAddressBytes() is [10, ..] or [172, >= 16 and < 32, ..] or [192, 168, ..] or [169, 254, ..];
    }
}
