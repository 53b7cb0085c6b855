using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Pins;

internal static class PinExtensions
{
    public static IServiceCollection AddPins(this IServiceCollection services)
    {
        services.TryAddSingleton<PinIdSource>(PinCode.NewId);
        services.TryAddSingleton<PinCodeSource>((strong, length) => strong ? PinCode.NewStrong() : PinCode.NewShort(length));
        foreach (var sweep in PinSweeps.All)
            services.AddSingleton(sweep);

        return services.AddSingleton<PinStore>().AddSingleton<PinPollRate>().AddSingleton<PinKeyService>()
            .AddSingleton<PinCreationService>().AddSingleton<PinPollService>().AddSingleton<PinLinkService>();
    }
}
