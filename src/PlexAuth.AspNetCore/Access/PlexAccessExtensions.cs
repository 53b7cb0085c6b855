using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PlexAuth.AspNetCore;
using PlexAuth.AspNetCore.Access;
using PlexAuth.AspNetCore.Accounts;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures the checks behind the Plex policies.</summary>
public static class PlexAccessExtensions
{
    /// <summary>
    /// Names the server that policies are about by default, and answers refusals of Plex policies with 403 and the reason: a small page for browsers, problem
    /// details for others. Without this call refusals go where the session's scheme sends them, such as the access-denied path of the cookie.
    /// </summary>
    public static IServiceCollection AddPlexAccess(this IServiceCollection services, Action<PlexAccessOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddPlexAccessChecks();
        services.Configure<PlexAccessOptions>(options => configure?.Invoke(options));
        services.Replace(ServiceDescriptor.Singleton<IAuthorizationMiddlewareResultHandler, AccessResultHandler>());
        return services;
    }

    internal static void AddPlexAccessChecks(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddOptions<PlexAccessOptions>().Validate(options =>
        {
            options.Cache.Validate();
            return true;
        });
        services.AddLogging();
        services.TryAddSingleton<AccountServiceHealth>();
        services.TryAddSingleton<TokenSources>();
        services.TryAddSingleton<AccessCheck>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, PlexAccessHandler>());
    }
}
