using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Home;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Sessions;

namespace PlexAuth.Server.Pages;

/// <summary>What the page of a Plex Home asks: who is in it, PINs, managed users, and being one of them for this session.</summary>
internal static class HomePageEndpoints
{
    public static void MapHomePage(this IEndpointRouteBuilder api)
    {
        api.MapGet("/home", GetAsync).Requires(SessionRequirement.SignedIn);
        api.MapPost("/home/users", CreateAsync).Requires(SessionRequirement.SignedIn);
        api.MapDelete("/home/users/{uuid}", RemoveAsync).Requires(SessionRequirement.SignedIn);
        api.MapPut("/home/users/{uuid}/pin", SetPinAsync).Requires(SessionRequirement.SignedIn);
        api.MapPost("/home/switch", SwitchAsync).Requires(SessionRequirement.SignedIn);
    }

    private static async Task<IResult> GetAsync(HttpContext context, HomeService homes)
    {
        var caller = context.Session().Account;
        return TypedResults.Json(HomePageAnswer.Of(caller, await homes.GetAsync(caller, context.RequestAborted)), PageJson.Default.HomePageAnswer);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, HomeService homes)
    {
        if (await PageBody.ReadAsync(context, PageJson.Default.HomeUserForm) is not { } form)
            return SessionProblem.Malformed;
        var title = IdentityText.Clean(form.Title ?? "").Trim();
        return await AnswerAsync(() => homes.CreateManagedAsync(context.Session().Account, title, form.RestrictionProfile, ActorOf(context), context.RequestAborted));
    }

    private static Task<IResult> RemoveAsync(string uuid, HttpContext context, HomeService homes) =>
        AnswerAsync(() => homes.RemoveAsync(context.Session().Account, uuid, ActorOf(context), context.RequestAborted));

    private static async Task<IResult> SetPinAsync(string uuid, HttpContext context, HomeService homes)
    {
        if (await PageBody.ReadAsync(context, PageJson.Default.HomePinForm) is not { Pin: { } pin } form)
            return SessionProblem.Malformed;
        var caller = context.Session().Account;
        return await AnswerAsync(() => uuid == caller.Uuid
            ? homes.SetOwnPinAsync(caller, pin, form.CurrentPin, ActorOf(context), context.RequestAborted)
            : homes.SetManagedPinAsync(caller, uuid, pin, ActorOf(context), context.RequestAborted));
    }

    private static async Task<IResult> SwitchAsync(HttpContext context, HomeSwitchService switches, SessionService sessions, Antiforgery antiforgery, OwnServer server)
    {
        if (await PageBody.ReadAsync(context, PageJson.Default.HomeSwitchForm) is not { User: { } user } form)
            return SessionProblem.Malformed;

        SessionStart.Started? started = null;
        var refused = await AnswerAsync(async () =>
        {
            var result = await switches.AdmitAsync(context.Session().Account, user, form.Pin, context.RequestAborted);
            if (result is HomeResult.Admitted admitted)
                started = await sessions.SwitchAsync(SessionCookie.ReadSession(context)!, admitted.Member, ActorOf(context), context.RequestAborted);
            return result;
        });
        if (started is null)
            return refused;

        SessionCookie.WriteSession(context, started.Id);
        return SessionEndpoints.Answer(antiforgery.TokenFor(context, started.Id), server, started.Session);
    }

    private static async Task<IResult> AnswerAsync(Func<Task<HomeResult>> act)
    {
        try
        {
            return await act() switch
            {
                HomeResult.Refused refused => Problem(refused.Code),
                HomeResult.TooMany tooMany => OwnAccountProblem.TooMany(tooMany.RetryAfter),
                _ => TypedResults.NoContent(),
            };
        }
        catch (HashQueueFullException)
        {
            return SessionProblem.Busy(HashQueueFullException.RetryAfter());
        }
    }

    private static SessionProblem Problem(PlexErrorCode code) => code switch
    {
        _ when code == HomeService.PinMalformed => new(StatusCodes.Status422UnprocessableEntity, "pin_malformed", "A PIN has four digits."),
        _ when code == PlexErrorCode.HomePinRequired || code == PlexErrorCode.Unauthorized => new(StatusCodes.Status403Forbidden, "pin_wrong", "That is not the PIN."),
        _ when code == PlexErrorCode.NotFound => new(StatusCodes.Status404NotFound, "member_missing", "That person is not in your Home, or no longer."),
        _ when code == PlexErrorCode.BadRequest => new(StatusCodes.Status422UnprocessableEntity, "name_refused", $"A name has 1 to {HomeService.MaxTitleLength} characters."),
        _ => SessionProblem.NotPermitted,
    };

    private static Actor ActorOf(HttpContext context) => Caller.SignedIn(context.Connection.RemoteIpAddress).Actor;
}
