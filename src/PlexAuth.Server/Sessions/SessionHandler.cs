using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PlexAuth.Server.Sessions;

/// <summary>Reads the session cookie for the routes that ask for it, which are the pages' own.</summary>
internal sealed class SessionHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionService sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        SessionCookie.ReadSession(Context) is { } id && await sessions.FindAsync(id, Context.RequestAborted) is { } session
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new SessionIdentity(session)), Scheme.Name))
            : AuthenticateResult.NoResult();

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => SessionProblem.SignInRequired.ExecuteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => SessionProblem.NotPermitted.ExecuteAsync(Context);
}

internal sealed class SessionIdentity(BrowserSession session) : ClaimsIdentity([new Claim(ClaimTypes.Name, session.Account.Title)], SessionPolicies.Scheme)
{
    public BrowserSession Session { get; } = session;
}

internal static class SessionContext
{
    public static BrowserSession? FindSession(this HttpContext context) => context.User.Identities.OfType<SessionIdentity>().FirstOrDefault()?.Session;

    /// <summary>For endpoints behind a session policy, which lets nobody pass without one.</summary>
    public static BrowserSession Session(this HttpContext context) =>
        context.FindSession() ?? throw new InvalidOperationException("This endpoint needs one of the session policies.");
}
