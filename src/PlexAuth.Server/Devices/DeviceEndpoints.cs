using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Wire;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Devices;

/// <summary>An account's devices, under /api/v2/devices and the older /devices.xml.</summary>
internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/devices", Verbs.Read, ListAsync).Requires(TokenRequirement.Account).WithMetadata(DeviceOperations.List);
        api.MapDelete("/devices/{id}", RemoveAsync).Requires(TokenRequirement.Account).WithMetadata(DeviceOperations.Remove);
        api.MapDelete("/devices", RemoveOthersAsync).Requires(TokenRequirement.Account).WithMetadata(DeviceOperations.RemoveOthers);
    }

    public static void MapLegacyDevices(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/devices", Verbs.Read, ListOldAsync).Requires(TokenRequirement.Account);
        routes.MapDelete("/devices/{id}", RemoveAsync).Requires(TokenRequirement.Account);
    }

    private static async Task<PlexResult> ListAsync(HttpContext context, PlexRequest call, DeviceService devices, CancellationToken cancellationToken)
    {
        var items = await ItemsAsync(context.Grant(), call, devices, cancellationToken);
        return PlexResult.Account(call, WireDocument.RenderList(call.Format, "devices", "device", items, DeviceWire.Write));
    }

    private static async Task<PlexResult> ListOldAsync(HttpContext context, PlexRequest call, DeviceService devices, CancellationToken cancellationToken)
    {
        var items = await ItemsAsync(context.Grant(), call, devices, cancellationToken);
        return PlexResult.Account(call, WireDocument.RenderContainer(call.Format, container =>
        {
            container.Text("publicAddress", ClientNetwork.Of(context.Connection.RemoteIpAddress).Source?.ToString() ?? "");
            container.Number("size", items.Count);
            container.Items("Device", items, DeviceWire.WriteOld);
        }));
    }

    private static async Task<List<DeviceWire>> ItemsAsync(TokenGrant grant, PlexRequest call, DeviceService devices, CancellationToken cancellationToken) =>
    [
        .. (await devices.ListAsync(grant.AccountId, cancellationToken))
            .Select(device => new DeviceWire(device, device.Id == grant.DeviceId ? new PlexToken(call.Token!) : null)),
    ];

    private static async Task<PlexResult> RemoveAsync(string id, HttpContext context, PlexRequest call, DeviceService devices, CancellationToken cancellationToken)
    {
        var grant = context.Grant();
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await devices.RemoveAsync(grant.AccountId, number, context.Actor(), cancellationToken)
                ? PlexResult.NoContent
                : PlexResult.Refused(call, PlexErrorCode.NotFound);
    }

    private static async Task<PlexResult> RemoveOthersAsync(HttpContext context, DeviceService devices, CancellationToken cancellationToken)
    {
        var grant = context.Grant();
        await devices.RemoveOthersAsync(grant.AccountId, grant.DeviceId, context.Actor(), cancellationToken);
        return PlexResult.NoContent;
    }
}
