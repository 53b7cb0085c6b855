using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Pages;

namespace PlexAuth.Server.Sessions;

/// <summary>Stands before every call of the pages' API: a call that changes something must come from our own page over a private connection.</summary>
internal sealed class SessionFilter(Antiforgery antiforgery) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var call = context.HttpContext;
        PageHeaders.Set(call);
        if (HttpMethods.IsGet(call.Request.Method))
            return next(context);

        return !SessionCookie.IsPrivate(call) ? new(SessionProblem.HttpsNeeded) : antiforgery.Accepts(call) ? next(context) : new(SessionProblem.PageOutdated);
    }
}
