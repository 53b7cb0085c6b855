using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Description;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Audit;

/// <summary>What happened to one's own account lately, at an address of this server's own.</summary>
internal static class SecurityEventEndpoints
{
    private const int Limit = 100;

    private static readonly Operation Description = new("listSecurityEvents", "The latest hundred security events of the account, newest first")
    {
        Answer = wire => Write(wire, new SecurityEventRow()),
        IsList = true,
    };

    public static void MapSecurityEvents(this IEndpointRouteBuilder api) =>
        api.MapMethods("/user/events", Verbs.Read, ListAsync).Requires(TokenRequirement.Account).WithMetadata(Description);

    private static async Task<PlexResult> ListAsync(HttpContext context, PlexRequest call, Database database, CancellationToken cancellationToken)
    {
        var accountId = context.Grant().AccountId;
        var events = await database.ReadAsync(session => SecurityEventStore.ListAsync(session, accountId, DateTimeOffset.UnixEpoch, Limit), cancellationToken);
        return PlexResult.Account(call, WireDocument.RenderList(call.Format, "events", "event", events, Write));
    }

    private static void Write(WireWriter wire, SecurityEventRow row)
    {
        wire.Date("at", row.Moment);
        wire.Text("kind", row.Kind);
        wire.Text("actor", row.Actor);
        wire.Text("clientIdentifier", row.ClientIdentifier);
        wire.Text("address", row.Address);
        wire.Text("subject", row.Subject);
        wire.Number("code", row.Code);
    }
}
