using System.Net;
using System.Net.Sockets;

namespace PlexAuth.Server.MediaServer.Delegation;

/// <summary>
/// Where this server may call another one. What that one registered is its owner's word, who may mean this server's neighbours by it: so an address of a private
/// network, or of this computer, is called only if that very address was seen to report as the server.
/// </summary>
internal static class VettedAddress
{
    private const int FirstUserPort = 1024;
    private const int HttpsPort = 443;

    private static readonly IPNetwork[] Near = Networks("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7");

    // Everything else that is no single computer on the internet, or another address in disguise.
    private static readonly IPNetwork[] Never = Networks(
        "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private static readonly string[] ExampleDomains = ["example.com", "example.net", "example.org", "example", "invalid", "test"];
    private static readonly IPNetwork PublicIPv6 = IPNetwork.Parse("2000::/3");

    /// <summary>Looks at what can be seen without asking the network: plain http and https on a user port or 443, and no name that is reserved for examples.</summary>
    public static Uri? Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "", PathAndQuery: "/", Fragment: "" }
        && (uri.Port >= FirstUserPort || uri is { Scheme: "https", Port: HttpsPort }) && !IsForExamples(uri.IdnHost)
            ? uri
            : null;

    /// <param name="address">Where the connection would go.</param>
    /// <param name="isHttps">Plain http does not leave the own network.</param>
    /// <param name="reportedFrom">Where the server called from when it last told where it is.</param>
    public static bool Allows(IPAddress address, bool isHttps, IPAddress? reportedFrom)
    {
        var plain = Plain(address);
        if (Near.Any(network => network.Contains(plain)))
            return reportedFrom is not null && IsSame(plain, Plain(reportedFrom));
        return isHttps && !Never.Any(network => network.Contains(plain)) && (plain.AddressFamily == AddressFamily.InterNetwork || PublicIPv6.Contains(plain));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsSame(IPAddress one, IPAddress other) => one.Equals(other) || (IPAddress.IsLoopback(one) && IPAddress.IsLoopback(other));

    private static bool IsForExamples(string host) => ExampleDomains.Any(domain =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith('.' + domain, StringComparison.OrdinalIgnoreCase));

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
