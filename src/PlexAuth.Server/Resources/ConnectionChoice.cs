using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.Resources;

/// <summary>Which ways to a server a caller wants to hear of. Without asking for more: plain http, IPv4 and host names, no relay.</summary>
internal readonly record struct ConnectionChoice(bool Https, bool Relay, bool IPv6)
{
    /// <returns>Null when an argument is neither 0 nor 1.</returns>
    public static ConnectionChoice? From(PlexRequest request) =>
        Flag(request, "includeHttps") is { } https && Flag(request, "includeRelay") is { } relay && Flag(request, "includeIPv6") is { } ipv6
            ? new ConnectionChoice(https, relay, ipv6)
            : null;

    /// <summary>A server that is reached by https alone keeps those addresses in any case: a caller that can use none is no worse off.</summary>
    public IReadOnlyList<Connection> Of(IReadOnlyList<Connection> all)
    {
        var (https, relay, ipv6) = (Https, Relay, IPv6);
        Connection[] reachable = [.. all.Where(connection => (relay || !connection.Relay) && (ipv6 || !connection.IPv6))];
        return https || reachable.All(IsHttps) ? reachable : [.. reachable.Where(connection => !IsHttps(connection))];
    }

    private static bool IsHttps(Connection connection) => connection.Protocol == "https";

    private static bool? Flag(PlexRequest request, string name) => request.Parameter(name) switch
    {
        null or "0" or "false" => false,
        "1" or "true" => true,
        _ => null,
    };
}
