using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.MediaServer;

/// <summary>Who is this server, and does it know my token?</summary>
internal static class MediaServerEndpoints
{
    public static void MapServer(this IEndpointRouteBuilder server)
    {
        server.MapMethods("/identity", Verbs.Read, GetIdentityAsync).AllowAnonymous().WithMetadata(MediaServerOperations.Identity);
        server.MapMethods("/", Verbs.Read, GetCapabilitiesAsync).Requires(TokenRequirement.Server).WithMetadata(MediaServerOperations.Capabilities);
    }

    private static async Task<PlexResult> GetIdentityAsync(PlexRequest request, OwnServer server, CancellationToken cancellationToken)
    {
        var claimed = await server.IsClaimedAsync(cancellationToken);
        return PlexResult.Container(request, container => MediaServerWire.WriteIdentity(container, server.MachineIdentifier, claimed));
    }

    private static async Task<PlexResult> GetCapabilitiesAsync(HttpContext context, PlexRequest request, OwnServer server, CancellationToken cancellationToken)
    {
        var claimed = await server.IsClaimedAsync(cancellationToken);
        var caller = context.User.FindGrant();
        return PlexResult.Container(request, container => CapabilitiesWire.Write(container, server.MachineIdentifier, server.FriendlyName, claimed, caller));
    }
}
