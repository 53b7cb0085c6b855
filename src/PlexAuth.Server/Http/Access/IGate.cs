using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.Server.Http.Access;

/// <summary>Decides who may call the routes that it stands before.</summary>
/// <typeparam name="TRequirement">What those routes ask of their callers.</typeparam>
internal interface IGate<in TRequirement>
{
    /// <summary>Lets the call go on to <paramref name="route"/>, or answers with a refusal.</summary>
    Task AdmitAsync(HttpContext context, TRequirement requirement, RequestDelegate route);
}

internal static class GateExtensions
{
    /// <summary>Puts the gate for a requirement before a route, or before all routes of a group.</summary>
    /// <remarks>ASP.NET Core's own authorization lets these routes pass, whatever the application demands of its callers: see docs/decisions/0010-gates-before-routes.md.</remarks>
    public static TBuilder Requires<TBuilder, TRequirement>(this TBuilder routes, TRequirement requirement)
        where TBuilder : IEndpointConventionBuilder
        where TRequirement : class
    {
        routes.WithMetadata(requirement, new AllowAnonymousAttribute());
        routes.Finally(endpoint =>
        {
            var gate = endpoint.ApplicationServices.GetRequiredService<IGate<TRequirement>>();
            var route = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => gate.AdmitAsync(context, requirement, route);
        });
        return routes;
    }
}
