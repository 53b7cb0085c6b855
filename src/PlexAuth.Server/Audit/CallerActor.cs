using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Http.Access;

namespace PlexAuth.Server.Audit;

internal static class CallerActor
{
    /// <summary>The account whose token a call bears, on its device.</summary>
    public static Caller Caller(this HttpContext context) => Audit.Caller.SignedIn(context.Connection.RemoteIpAddress, context.Grant().ClientIdentifier);

    public static Actor Actor(this HttpContext context) => context.Caller().Actor;
}
