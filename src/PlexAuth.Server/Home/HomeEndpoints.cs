using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Home;

/// <summary>Plex Home under /api/v2/home and the older /api/home: who is in it, switching, PINs, managed users.</summary>
internal static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/home", Verbs.Read, GetAsync).Requires(TokenRequirement.Account).WithMetadata(HomeOperations.Get);
        api.MapMethods("/home/users", Verbs.Read, ListAsync).Requires(TokenRequirement.Account).WithMetadata(HomeOperations.List);
        api.MapPost("/home/users/{id}/switch", SwitchCurrentAsync).Requires(TokenRequirement.Account).WithMetadata(HomeOperations.Switch);
        api.MapPost("/home/users/restricted/{id}", SetManagedPinAsync).Requires(TokenRequirement.Account);
        api.MapDelete("/home/users/{id}", RemoveAsync).Requires(TokenRequirement.Account);
    }

    public static void MapLegacyHome(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/home/users", Verbs.Read, ListLegacyAsync).Requires(TokenRequirement.Account);
        routes.MapPost("/api/home/users", CreateAsync).Requires(TokenRequirement.Account);
        routes.MapPost("/api/home/users/{id}/switch", SwitchLegacyAsync).Requires(TokenRequirement.Account);
        routes.MapPut("/api/home/users/{id}", SetOwnPinAsync).Requires(TokenRequirement.Account);
        routes.MapDelete("/api/home/users/{id}", RemoveAsync).Requires(TokenRequirement.Account);
    }

    private static async Task<PlexResult> GetAsync(HttpContext context, PlexRequest request, HomeService homes, CancellationToken cancellationToken) =>
        PlexResult.Account(request, HomeWire.Render(request.Format, await homes.GetAsync(context.Grant().Account, cancellationToken)));

    private static async Task<PlexResult> ListAsync(HttpContext context, PlexRequest request, HomeService homes, PublicAddress address, CancellationToken cancellationToken) =>
        PlexResult.Account(request, HomeWire.RenderUsers(request.Format, await homes.GetAsync(context.Grant().Account, cancellationToken), address.Value));

    private static async Task<PlexResult> ListLegacyAsync(HttpContext context, PlexRequest request, HomeService homes, PublicAddress address, CancellationToken cancellationToken)
    {
        var home = await homes.GetAsync(context.Grant().Account, cancellationToken);
        return PlexResult.Account(request.LegacyFormat, HomeWire.RenderLegacyUsers(request.LegacyFormat, home, machineIdentifier: "", address.Value));
    }

    private static Task<PlexResult> SwitchCurrentAsync(string id, HttpContext context, PlexRequest request, HomeSwitchService switches, AccountAnswers answers, CancellationToken cancellationToken) =>
        SwitchAsync(id, context, request, switches, switched => PlexResult.Account(request, answers.AfterSignIn(switched, request), StatusCodes.Status201Created), cancellationToken);

    private static Task<PlexResult> SwitchLegacyAsync(string id, HttpContext context, PlexRequest request, HomeSwitchService switches, AccountAnswers answers, CancellationToken cancellationToken) =>
        SwitchAsync(id, context, request, switches, switched => PlexResult.Account(request.LegacyFormat, answers.LegacyAfterSignIn(switched, request.LegacyFormat)), cancellationToken);

    private static async Task<PlexResult> SwitchAsync(
        string id, HttpContext context, PlexRequest request, HomeSwitchService switches, Func<SignInResult.SignedIn, PlexResult> answer, CancellationToken cancellationToken)
    {
        var fields = await BodyFields.ReadAsync(context.Request, request, cancellationToken);
        var grant = context.Grant();
        var client = request.Client ?? new ClientIdentity(grant.ClientIdentifier);
        return await AnswerAsync(
            request,
            () => switches.SwitchAsync(grant, id, fields.Find("pin"), client, context.Connection.RemoteIpAddress, cancellationToken),
            result => result is HomeResult.Switched switched ? answer(new(switched.Account, switched.Token)) : PlexResult.NoContent);
    }

    private static async Task<PlexResult> CreateAsync(HttpContext context, PlexRequest request, HomeService homes, PublicAddress address, CancellationToken cancellationToken)
    {
        var fields = await BodyFields.ReadAsync(context.Request, request, cancellationToken);
        var title = IdentityText.Clean(fields.Find("title") ?? "").Trim();
        return await AnswerAsync(
            request,
            () => homes.CreateManagedAsync(context.Grant().Account, title, fields.Find("restrictionProfile"), context.Actor(), cancellationToken),
            result => result is HomeResult.Created created
                ? PlexResult.Account(request.LegacyFormat, HomeWire.RenderLegacyUser(request.LegacyFormat, created.Account, address.Value), StatusCodes.Status201Created)
                : PlexResult.NoContent);
    }

    private static Task<PlexResult> RemoveAsync(string id, HttpContext context, PlexRequest request, HomeService homes, CancellationToken cancellationToken) =>
        AnswerAsync(request, () => homes.RemoveAsync(context.Grant().Account, id, context.Actor(), cancellationToken), _ => PlexResult.NoContent);

    /// <summary>Only one's own: as anybody else, an id is not known here.</summary>
    private static async Task<PlexResult> SetOwnPinAsync(string id, HttpContext context, PlexRequest request, HomeService homes, CancellationToken cancellationToken)
    {
        var (account, fields) = (context.Grant().Account, await BodyFields.ReadAsync(context.Request, request, cancellationToken));
        if (id != account.Uuid && id != account.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))
            return PlexResult.Refused(request, PlexErrorCode.NotFound);
        if (fields.Find("pin") is not { } pin)
            return PlexResult.Refused(request, PlexErrorCode.BadRequest);

        return await AnswerAsync(request, () => homes.SetOwnPinAsync(account, pin, fields.Find("currentPin"), context.Actor(), cancellationToken), _ => PlexResult.NoContent);
    }

    private static async Task<PlexResult> SetManagedPinAsync(string id, HttpContext context, PlexRequest request, HomeService homes, CancellationToken cancellationToken)
    {
        var fields = await BodyFields.ReadAsync(context.Request, request, cancellationToken);
        return (fields.Find("removePin") == "1" ? "" : fields.Find("pin")) is { } pin
            ? await AnswerAsync(request, () => homes.SetManagedPinAsync(context.Grant().Account, id, pin, context.Actor(), cancellationToken), _ => PlexResult.NoContent)
            : PlexResult.Refused(request, PlexErrorCode.BadRequest);
    }

    private static async Task<PlexResult> AnswerAsync(PlexRequest request, Func<Task<HomeResult>> act, Func<HomeResult, PlexResult> answer)
    {
        try
        {
            return await act() switch
            {
                HomeResult.Refused refused => PlexResult.Refused(request, refused.Code),
                HomeResult.TooMany tooMany => PlexResult.Refused(request, PlexErrorCode.RateLimited, tooMany.RetryAfter),
                var done => answer(done),
            };
        }
        catch (HashQueueFullException)
        {
            return PlexResult.Refused(request, PlexErrorCode.ServiceUnavailable, HashQueueFullException.RetryAfter());
        }
    }
}
