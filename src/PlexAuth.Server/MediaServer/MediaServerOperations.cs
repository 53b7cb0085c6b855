using PlexAuth.Server.Http.Description;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.MediaServer;

/// <summary>How the API's description puts the media server's operations.</summary>
internal static class MediaServerOperations
{
    private static readonly SourceResult.Found Example =
        new(new Source(new SourceName(SourceName.Server, "server-identifier"), "Name", IsOwn: true, []), new PlexToken("transient-token"));

    public static Operation Identity { get; } = new("getIdentity", "Which media server this is")
    {
        Answer = wire => wire.Object("MediaContainer", container => MediaServerWire.WriteIdentity(container, "", claimed: true)),
        Refusals = [],
    };

    public static Operation Capabilities { get; } = new("getServerInfo", "What this media server can do; 401 tells that a token is not valid here")
    {
        Answer = wire => wire.Object("MediaContainer", container => CapabilitiesWire.Write(container, "", "", claimed: true, caller: null)),
        Refusals = [401, 403],
    };

    public static Operation TransientToken { get; } = new("getTransientToken", "A token for this server alone: same access level, 48 hours, gone when the server restarts")
    {
        Query = [new("type", "The only value", "delegation") { Required = true }, new("scope", "The only value", "all") { Required = true }],
        Answer = wire => wire.Object("MediaContainer", container => MediaServerWire.WriteToken(container, new TransientToken(new PlexToken("transient-token"), default))),
        Refusals = [400, 401, 403],
    };

    public static Operation Source { get; } = new("getSourceConnectionInformation", "How to reach another source, for the server's owner")
    {
        Query =
        [
            new("source", "server:// and a machine identifier, or provider:// and a provider's identifier") { Required = true },
            new("refresh", "Accepted; what is told is always fresh", "0", "1"),
        ],
        Answer = wire => wire.Object("MediaContainer", container => MediaServerWire.WriteSource(container, Example, [new Connection()])),
        Refusals = [400, 401, 403],
    };
}
