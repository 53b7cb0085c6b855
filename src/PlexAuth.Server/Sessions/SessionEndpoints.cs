using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Audit;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Pages;

namespace PlexAuth.Server.Sessions;

/// <summary>Who is signed in with this browser; sign in; sign out.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder api)
    {
        api.MapGet("/session", GetAsync).AllowAnonymous();
        api.MapPost("/session", SignInAsync).AllowAnonymous();
        api.MapDelete("/session", SignOutAsync).AllowAnonymous();
    }

    private static async Task<JsonHttpResult<SessionAnswer>> GetAsync(HttpContext context, SessionService sessions, Antiforgery antiforgery, OwnServer server)
    {
        var id = SessionCookie.ReadSession(context);
        var session = id is null ? null : await sessions.FindAsync(id, context.RequestAborted);
        return Answer(antiforgery.TokenFor(context, id), server, session);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, SessionService sessions, Antiforgery antiforgery, OwnServer server)
    {
        if (await PageBody.ReadAsync(context, PageJson.Default.SignInForm) is not { } form)
            return SessionProblem.Malformed;

        var started = await sessions.SignInAsync(form.Login, form.Password, form.VerificationCode, SessionCookie.ReadSession(context), Caller.Anyone(context.Connection.RemoteIpAddress), context.RequestAborted);
        if (started is not SessionStart.Started success)
            return Refusal(started);

        return Started(context, success.Id, success.Session, antiforgery, server);
    }

    /// <summary>Gives the browser a new session id, and the page what goes with it.</summary>
    public static JsonHttpResult<SessionAnswer> Started(HttpContext context, string id, BrowserSession session, Antiforgery antiforgery, OwnServer server)
    {
        SessionCookie.WriteSession(context, id);
        return Answer(antiforgery.TokenFor(context, id), server, session);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SessionService sessions)
    {
        if (SessionCookie.ReadSession(context) is { } id)
            await sessions.EndAsync(id, context.RequestAborted);

        SessionCookie.DeleteSession(context);
        return TypedResults.NoContent();
    }

    public static JsonHttpResult<SessionAnswer> Answer(string antiforgery, OwnServer server, BrowserSession? session) => TypedResults.Json(
        new SessionAnswer(server.FriendlyName, antiforgery, session is null ? null : AccountAnswer.Of(session)), PageJson.Default.SessionAnswer);

    private static SessionProblem Refusal(SessionStart refused) => refused switch
    {
        SessionStart.Busy busy => new(StatusCodes.Status503ServiceUnavailable, "busy", "Too many people are signing in at the moment.") { RetryAfter = busy.RetryAfter },
        SessionStart.Refused { Code: var code } when code == PlexErrorCode.VerificationCodeRequired =>
            new(StatusCodes.Status401Unauthorized, "verification_required", "Enter your verification code."),
        SessionStart.Refused { Code: var code } when code == PlexErrorCode.VerificationCodeInvalid =>
            new(StatusCodes.Status401Unauthorized, "verification_wrong", "That code is not right, or was used before. Wait for the next one."),
        SessionStart.Throttled { Code: var code } locked when code == PlexErrorCode.LockedOut =>
            new(StatusCodes.Status429TooManyRequests, "locked_out", "There were too many wrong tries, of codes or from your network. Wait a quarter of an hour, then try again.") { RetryAfter = locked.RetryAfter },
        SessionStart.Throttled throttled =>
            new(StatusCodes.Status429TooManyRequests, "rate_limited", "There were too many wrong sign-ins for this login. Wait a little, then try again.") { RetryAfter = throttled.RetryAfter },
        _ => new(StatusCodes.Status401Unauthorized, "refused", "Login or password is not right."),
    };
}
