using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Administration;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Claiming;
using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Health;
using PlexAuth.Server.Home;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Description;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Pages;
using PlexAuth.Server.Pins;
using PlexAuth.Server.Resources;
using PlexAuth.Server.SecondFactors;
using PlexAuth.Server.Sessions;
using PlexAuth.Server.Sharing;

namespace PlexAuth.Server;

/// <summary>A Plex-compatible account service and media server as part of an ASP.NET Core application.</summary>
public static class PlexAuthServer
{
    /// <summary>Registers what both services need. Nothing listens before one of them is mapped.</summary>
    /// <remarks>Options that make no sense throw <see cref="OptionsValidationException"/>, which names each, when the services are mapped.</remarks>
    public static IServiceCollection AddPlexAuthServer(this IServiceCollection services, Action<PlexAuthServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<PlexAuthServerOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PlexAuthServerOptions>, ServerOptionsRules>());
        services.AddPlexAuthRules();
        services.AddPlexHttp();
        services.AddPlexAccess();
        services.AddPins();
        services.AddResources();
        services.AddHome();
        services.AddSharing();
        services.AddClaiming();
        services.AddSessions();
        services.AddPlexHealth();
        services.AddPlexDescription();
        return services;
    }

    /// <summary>Maps both services, or with <see cref="PlexAuthServerOptions.AccountUrl"/> the media server alone, the health checks and the description of the API.</summary>
    /// <remarks>
    /// Clients know both services at the root of a host alone: below a prefix, be it a group's or a path base, their routes answer 404.
    /// The description is at <c>/openapi/v1.json</c>, unless the application maps OpenAPI documents of its own, and always at <c>/openapi/plexauth.json</c>.
    /// </remarks>
    public static void MapPlexAuthServer(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetRequiredService<IOptions<PlexAuthServerOptions>>().Value.AccountUrl is null)
            app.MapPlexAccountService();
        app.MapPlexMediaServer();
        app.MapHealth();
        app.MapDescription();
    }

    /// <summary>Answers each path that nothing is mapped for with 404 as a media server does. For an application that is this server and nothing else.</summary>
    public static void MapPlexNotFound(this IEndpointRouteBuilder app) => app.ServiceProvider.GetRequiredService<MappedRoles>().AnswersUnknownPaths = true;

    /// <summary>Maps the account service, plex.tv's part, under <c>/api/v2</c> and the older <c>/pins</c>, <c>/devices</c>, <c>/users/sign_in</c> and <c>/users/account</c>,
    /// the pages <c>/auth</c>, <c>/link</c> and <c>/account</c>, and for the server's owner <c>/plexauth/admin</c>.</summary>
    /// <remarks>Clients know it at the root of a host alone: below a prefix, be it a group's or a path base, its routes answer 404.</remarks>
    public static void MapPlexAccountService(this IEndpointRouteBuilder app)
    {
        var api = app.MapRole(PlexRole.Account, "/api/v2");
        var older = app.MapRole(PlexRole.Account, "");
        api.MapAccounts();
        api.MapPassword();
        api.MapTwoFactor();
        api.MapSecurityEvents();
        api.MapDevices();
        api.MapPins();
        older.MapLegacyAccounts();
        older.MapLegacyDevices();
        api.MapResources();
        api.MapDeviceKeys();
        api.MapHome();
        api.MapSharing();
        older.MapLegacyPins();
        older.MapLegacyResources();
        older.MapLegacyHome();
        older.MapLegacySharing();
        older.MapClaims();
        app.MapAdministration();
        app.MapPages();
    }

    /// <summary>Maps the media server, under <c>/</c>.</summary>
    /// <remarks>Clients know it at the root of a host alone: below a prefix, be it a group's or a path base, its routes answer 404.</remarks>
    public static void MapPlexMediaServer(this IEndpointRouteBuilder app)
    {
        var server = app.MapRole(PlexRole.MediaServer, "");
        server.MapServer();
        server.MapSecurity();
        server.MapOwnClaim();
    }
}
