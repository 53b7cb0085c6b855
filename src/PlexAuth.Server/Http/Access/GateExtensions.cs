using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Server.Http.Access;

internal static class GateExtensions
{
    /// <summary>Lets a gate decide about every call of a route, or of all routes of a group.</summary>
    /// <param name="routes">Those routes.</param>
    /// <param name="requirement">What the gate asks for, kept with the routes.</param>
    /// <param name="gate">Makes the gate before a route.</param>
    /// <remarks>ASP.NET Core's own authorization lets these routes pass, whatever the application demands of its callers: see docs/decisions/0010-gates-before-routes.md.</remarks>
    public static TBuilder Behind<TBuilder>(this TBuilder routes, object requirement, Func<IServiceProvider, RequestDelegate, RequestDelegate> gate)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.WithMetadata(requirement, new AllowAnonymousAttribute());
        routes.Finally(endpoint => endpoint.RequestDelegate = gate(endpoint.ApplicationServices, endpoint.RequestDelegate!));
        return routes;
    }
}
