using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Http.Access;

namespace PlexAuth.Server.MediaServer.Authority;

internal static class AuthorityExtensions
{
    /// <summary>Chooses where the accounts are once the options are known.</summary>
    public static IServiceCollection AddServerAuthority(this IServiceCollection services)
    {
        services.AddSingleton<StoredAuthority>().AddSingleton<RemoteAuthority>().AddSingleton(Choose<ServerAuthority, StoredAuthority, RemoteAuthority>);
        services.AddSingleton<StoredTokenValidator>().AddSingleton<RemoteTokenValidator>();
        services.TryAddSingleton<PlexTokenValidator>(provider => new ApplicationTokenValidator(ChooseTokenValidator(provider)));
        return services.AddSingleton<AccountServiceLink>().AddSingleton<OwnClaim>().AddSingleton<TransientParents>();
    }

    public static PlexTokenValidator ChooseTokenValidator(IServiceProvider provider) => Choose<PlexTokenValidator, StoredTokenValidator, RemoteTokenValidator>(provider);

    private static T Choose<T, TStored, TRemote>(IServiceProvider provider)
        where T : class
        where TStored : T
        where TRemote : T =>
        provider.GetRequiredService<IOptions<PlexAuthServerOptions>>().Value.AccountUrl is null ? provider.GetRequiredService<TStored>() : provider.GetRequiredService<TRemote>();
}
