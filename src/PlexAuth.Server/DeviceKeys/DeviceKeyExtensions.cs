using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys.Issuer;

namespace PlexAuth.Server.DeviceKeys;

internal static class DeviceKeyExtensions
{
    public static IServiceCollection AddDeviceKeys(this IServiceCollection services) => services
        .AddSingleton<IssuerKeyService>().AddSingleton<DeviceKeyService>().AddSingleton<ExpiredTokens>()
        .AddSingleton(provider => new PlexAuthIssuerKeys(provider.GetRequiredService<IssuerKeyService>()))
        .AddSingleton(NonceStore.Sweep).AddSingleton(IssuerKeyStore.Sweep);
}
