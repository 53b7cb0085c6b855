using PlexAuth.Server.Http.Description;

namespace PlexAuth.Server.Resources;

/// <summary>How the API's description puts the lists of servers.</summary>
internal static class ResourceOperations
{
    public static Operation List { get; } = new("get-server-resources", "The media servers that an account may use, how to reach each, and its token for each")
    {
        Query =
        [
            new("includeHttps", "Also addresses with https", "0", "1"),
            new("includeRelay", "Also relayed addresses", "0", "1"),
            new("includeIPv6", "Also IPv6 addresses", "0", "1"),
        ],
    };
}
