using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.Server.Home;

internal static class HomeExtensions
{
    public static IServiceCollection AddHome(this IServiceCollection services) =>
        services.AddSingleton<HomePinGuard>().AddSingleton<HomeService>().AddSingleton<HomeSwitchService>();
}
