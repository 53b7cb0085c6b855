using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.MediaServer;

namespace PlexAuth.Server.Resources;

internal static class ResourceExtensions
{
    public static IServiceCollection AddResources(this IServiceCollection services) =>
        services.AddSingleton<OwnConnections>().AddSingleton<ResourceService>();
}
