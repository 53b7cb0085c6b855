using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Description;
using PlexAuth.Server.MediaServer.Authority;
using PlexAuth.Server.Throttling;

namespace PlexAuth.Server.Http;

/// <summary>Registers what stands between the network and the endpoints.</summary>
internal static class HttpServices
{
    public static void AddPlexHttp(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, KnownProxyFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, FrontDoorFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Transient<IConfigureOptions<KestrelServerOptions>, KestrelLimits>());
        services.TryAddSingleton<MappedRoles>();
        services.TryAddSingleton<RequestPace>();
        services.TryAddSingleton<PublicAddress>();
        services.TryAddSingleton<AccountAnswers>();

        // These write paths and query strings as they came and broken header lines, any of which can hold a token or a line break. The front door logs each call without them.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Routing.Matching", LogLevel.Information)
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.Warning));
    }

    public static void AddPlexAccess(this IServiceCollection services)
    {
        services.AddOptions<PlexTokenOptions>(TokenGate.SchemeName).Configure<IServiceProvider>((options, provider) =>
        {
            options.Validator = AuthorityExtensions.ChooseTokenValidator(provider);
            options.Events = TokenEvents.Create();
            options.SaveToken = false;
        });
        services.TryAddSingleton<IGate<TokenRequirement>, TokenGate>();
    }

    /// <summary>Opens the front door for a service's paths.</summary>
    public static RouteGroupBuilder MapRole(this IEndpointRouteBuilder app, PlexRole role, string prefix)
    {
        app.ServiceProvider.GetRequiredService<MappedRoles>().Add(role);
        return app.MapGroup("").KeptApart().Around(FrontDoor.PassAsync).MapGroup(prefix);
    }

    /// <summary>Keeps answers, which may be one caller's alone, out of an output cache of the application, and routes out of its own description.</summary>
    public static TBuilder KeptApart<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new OutputCacheAttribute { NoStore = true }).WithGroupName(DescriptionEndpoints.Name);

    /// <summary>Runs each route of a group within something, and so whatever the routes and groups in it have before themselves, such as gates.</summary>
    public static RouteGroupBuilder Around(this RouteGroupBuilder routes, Func<HttpContext, RequestDelegate, Task> around)
    {
        ((IEndpointConventionBuilder)routes).Finally(endpoint =>
        {
            var route = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => around(context, route);
        });
        return routes;
    }
}
