using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Http.Access;

namespace PlexAuth.Server.Sessions;

/// <summary>Which sessions open a route of the pages' API.</summary>
internal sealed record SessionRequirement
{
    private SessionRequirement()
    {
    }

    public static SessionRequirement SignedIn { get; } = new();

    /// <summary>The owner of this process's media server, who is the administrator.</summary>
    public static SessionRequirement Owner { get; } = new() { OfOwner = true };

    public bool OfOwner { get; private init; }
}

/// <summary>Stands before each route of the pages' API that wants somebody signed in with this browser.</summary>
internal sealed class SessionGate(SessionService sessions) : IGate<SessionRequirement>
{
    public async Task AdmitAsync(HttpContext context, SessionRequirement requirement, RequestDelegate route)
    {
        var session = SessionCookie.ReadSession(context) is { } id ? await sessions.FindAsync(id, context.RequestAborted) : null;
        if (session is null)
        {
            await SessionProblem.SignInRequired.ExecuteAsync(context);
        }
        else if (requirement.OfOwner && !session.IsOwner)
        {
            await SessionProblem.NotPermitted.ExecuteAsync(context);
        }
        else
        {
            context.Features.Set(session);
            await route(context);
        }
    }
}

internal static class SessionContext
{
    /// <summary>For routes that require a session.</summary>
    public static BrowserSession Session(this HttpContext context) =>
        context.Features.Get<BrowserSession>() ?? throw new InvalidOperationException("This route requires no session.");
}
