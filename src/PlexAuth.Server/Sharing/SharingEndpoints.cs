using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Sharing;

/// <summary>Friends, and the servers shared with them, on the paths that request apps and python-plexapi use.</summary>
internal static class SharingEndpoints
{
    public static IServiceCollection AddSharing(this IServiceCollection services) => services.AddSingleton<SharingService>();

    public static void MapSharing(this IEndpointRouteBuilder api) => api.MapMethods("/friends", Verbs.Read, ListFriendsAsync).Requires(TokenRequirement.Account);

    public static void MapLegacySharing(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/users", Verbs.Read, ListUsersAsync).Requires(TokenRequirement.Account);
        routes.MapDelete("/api/friends/{id:int}", PartAsync).Requires(TokenRequirement.Account);
        routes.MapMethods("/api/servers/{machineIdentifier}/shared_servers", Verbs.Read, ListSharedAsync).Requires(TokenRequirement.Account);
        routes.MapPost("/api/servers/{machineIdentifier}/shared_servers", ShareAsync).Requires(TokenRequirement.Account);
        routes.MapDelete("/api/servers/{machineIdentifier}/shared_servers/{id:int}", UnshareAsync).Requires(TokenRequirement.Account);
    }

    private static async Task<PlexResult> ListFriendsAsync(HttpContext context, PlexRequest request, SharingService sharing, PublicAddress address, CancellationToken cancellationToken) =>
        PlexResult.Account(request, SharingWire.RenderFriends(request.Format, await sharing.GetCircleAsync(context.Grant().AccountId, cancellationToken), address.Value));

    /// <summary>XML to everybody who reads it, whatever they accept; the generated SDKs alone read JSON here.</summary>
    private static async Task<PlexResult> ListUsersAsync(HttpContext context, PlexRequest request, SharingService sharing, PublicAddress address, CancellationToken cancellationToken)
    {
        var format = context.Request.Headers.UserAgent.ToString().StartsWith(FormatNegotiation.GeneratedSdk, StringComparison.Ordinal) ? request.Format : request.LegacyFormat;
        return PlexResult.Account(format, SharingWire.RenderUsers(format, await sharing.GetCircleAsync(context.Grant().AccountId, cancellationToken), address.Value));
    }

    private static async Task<PlexResult> ListSharedAsync(string machineIdentifier, HttpContext context, PlexRequest request, SharingService sharing, CancellationToken cancellationToken) =>
        await sharing.ListAsync(context.Grant().AccountId, machineIdentifier, cancellationToken) is { } shared
            ? PlexResult.Account(request.LegacyFormat, SharingWire.RenderShared(request.LegacyFormat, machineIdentifier, shared))
            : PlexResult.Refused(request, PlexErrorCode.NotFound);

    private static async Task<PlexResult> ShareAsync(string machineIdentifier, HttpContext context, PlexRequest request, SharingService sharing, CancellationToken cancellationToken)
    {
        if (await InvitedAsync(context.Request, request, cancellationToken) is not { Length: > 0 } login)
            return PlexResult.Refused(request, PlexErrorCode.BadRequest);

        return await sharing.ShareAsync(context.Grant().Account, machineIdentifier, login, context.Actor(), cancellationToken) switch
        {
            SharingResult.Shared shared => PlexResult.Account(
                request.LegacyFormat, SharingWire.RenderShared(request.LegacyFormat, machineIdentifier, [shared.With]), StatusCodes.Status201Created),
            SharingResult.Refused refused => PlexResult.Refused(request, refused.Code),
            SharingResult.TooMany tooMany => PlexResult.Refused(request, PlexErrorCode.RateLimited, tooMany.RetryAfter),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<PlexResult> UnshareAsync(string machineIdentifier, int id, HttpContext context, PlexRequest request, SharingService sharing, CancellationToken cancellationToken) =>
        await sharing.UnshareAsync(context.Grant().AccountId, machineIdentifier, id, context.Actor(), cancellationToken)
            ? PlexResult.NoContent
            : PlexResult.Refused(request, PlexErrorCode.NotFound);

    private static async Task<PlexResult> PartAsync(int id, HttpContext context, PlexRequest request, SharingService sharing, CancellationToken cancellationToken) =>
        await sharing.PartAsync(context.Grant().AccountId, id, context.Actor(), cancellationToken) ? PlexResult.NoContent : PlexResult.Refused(request, PlexErrorCode.NotFound);

    /// <summary>python-plexapi nests the friend in <c>shared_server</c>, as a login or as an id.</summary>
    private static async Task<string?> InvitedAsync(HttpRequest request, PlexRequest call, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
            return call.Parameter("invited_email") ?? call.Parameter("invited_id");

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = 8 }, cancellationToken);
            var root = document.RootElement;
            var friend = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("shared_server", out var nested) ? nested : root;
            return friend.ValueKind == JsonValueKind.Object ? Text(friend, "invited_email") ?? Text(friend, "invited_id") : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("The JSON is malformed.", e);
        }
    }

    private static string? Text(JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt32(out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        _ => null,
    };
}
