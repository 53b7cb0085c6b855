using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Pins;

internal static class PinExtensions
{
    public static IServiceCollection AddPins(this IServiceCollection services)
    {
        foreach (var sweep in PinSweeps.All)
            services.AddSingleton(sweep);

        return services.AddSingleton<PinStore>().AddSingleton<PinKeyService>()
            .AddSingleton<PinCreationService>().AddSingleton<PinPollService>().AddSingleton<PinLinkService>();
    }
}
