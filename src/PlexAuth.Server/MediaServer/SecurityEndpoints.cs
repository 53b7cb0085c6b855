using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Throttling;

namespace PlexAuth.Server.MediaServer;

/// <summary>Transient tokens, and the way to another source.</summary>
internal static class SecurityEndpoints
{
    private static readonly string[] DocumentedVerbs = [HttpMethods.Get, HttpMethods.Post];

    public static void MapSecurity(this IEndpointRouteBuilder server)
    {
        // Documented as GET by older descriptions and as POST by newer ones; a media server takes any verb.
        server.MapMethods("/security/token", DocumentedVerbs, MintTokenAsync).Requires(TokenRequirement.Server).WithMetadata(MediaServerOperations.TransientToken);
        server.Map("/security/token", (Delegate)MintTokenAsync).Requires(TokenRequirement.Server).ExcludeFromDescription();
        server.MapMethods("/security/resources", Verbs.Read, GetSourceAsync).Requires(TokenRequirement.ServerOwner).WithMetadata(MediaServerOperations.Source);
    }

    private static async Task<PlexResult> MintTokenAsync(
        HttpContext context, PlexRequest request, DelegationService service, OwnServer server, RequestPace pace, CancellationToken cancellationToken)
    {
        if (request.Parameter("type") != "delegation" || request.Parameter("scope") != "all")
            return PlexResult.Refused(request, PlexErrorCode.BadRequest);
        if (context.User.FindGrant() is not { } grant || !await server.IsClaimedAsync(cancellationToken))
            return PlexResult.Container(request, MediaServerWire.NoToken);
        if (pace.MintExceeded(context, grant) is { } wait)
            return PlexResult.Refused(request, PlexErrorCode.RateLimited, wait);

        return service.Delegate(grant, new PlexToken(request.Token!)) is { } minted
            ? PlexResult.Container(request, container => MediaServerWire.WriteToken(container, minted))
            : PlexResult.Refused(request, PlexErrorCode.NotPermitted);
    }

    private static async Task<PlexResult> GetSourceAsync(
        HttpContext context, PlexRequest request, SourceService service, OwnConnections own, CancellationToken cancellationToken)
    {
        if (context.Request.Query["refresh"].Any(value => value is not ("0" or "1")))
            return PlexResult.Refused(request, PlexErrorCode.BadRequest);

        return await service.GetAsync(request.Parameter("source"), context.Grant(), new PlexToken(request.Token!), cancellationToken) switch
        {
            SourceResult.Found found => PlexResult.Container(request, container => MediaServerWire.WriteSource(container, found, own.List())),
            SourceResult.NotPermitted => PlexResult.Refused(request, PlexErrorCode.NotPermitted),
            _ => PlexResult.Refused(request, PlexErrorCode.BadRequest),
        };
    }
}
