using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Resources;

/// <summary>Which servers may I use, and how do I reach them?</summary>
internal static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder api) =>
        api.MapMethods("/resources", Verbs.Read, ListAsync).Requires(TokenRequirement.AccountOrServerToken).WithMetadata(ResourceOperations.List);

    /// <summary>From before version 2. XML whatever is accepted, as apps send Accept: application/json here and read XML.</summary>
    public static void MapLegacyResources(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/api/resources", "/pms/resources", "/resources"])
            routes.MapMethods(path, Verbs.Read, ListDevicesAsync).Requires(TokenRequirement.Account);
        routes.MapMethods("/pms/servers", Verbs.Read, ListServersAsync).Requires(TokenRequirement.Account);
    }

    private static async Task<PlexResult> ListAsync(HttpContext context, PlexRequest request, ResourceService service, CancellationToken cancellationToken) =>
        ConnectionChoice.From(request) is { } choice
            ? PlexResult.Account(request, ResourceWire.Render(request.Format, await service.ListAsync(context.Grant(), context.Connection.RemoteIpAddress, cancellationToken), choice))
            : PlexResult.Refused(request, PlexErrorCode.BadRequest);

    private static async Task<PlexResult> ListDevicesAsync(HttpContext context, PlexRequest request, ResourceService service, CancellationToken cancellationToken)
    {
        if (ConnectionChoice.From(request) is not { } choice)
            return PlexResult.Refused(request, PlexErrorCode.BadRequest);

        var resources = await service.ListAsync(context.Grant(), context.Connection.RemoteIpAddress, cancellationToken);
        return PlexResult.Account(request.LegacyFormat, LegacyResourceWire.RenderDevices(request.LegacyFormat, resources, choice));
    }

    private static async Task<PlexResult> ListServersAsync(HttpContext context, PlexRequest request, ResourceService service, CancellationToken cancellationToken)
    {
        var resources = await service.ListAsync(context.Grant(), context.Connection.RemoteIpAddress, cancellationToken);
        return PlexResult.Account(request.LegacyFormat, LegacyResourceWire.RenderServers(request.LegacyFormat, resources));
    }
}
