using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Administration;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Claiming;
using PlexAuth.Server.DeviceKeys;
using PlexAuth.Server.Devices;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Authority;
using PlexAuth.Server.MediaServer.Delegation;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Personas;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Replicas;
using PlexAuth.Server.SecondFactors;
using PlexAuth.Server.Throttling;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.Data;

/// <summary>Registers the rules and what they are kept in; nothing of HTTP.</summary>
internal static class PlexAuthRulesExtensions
{
    public static IServiceCollection AddPlexAuthRules(this IServiceCollection services)
    {
        services.AddOptions<PlexAuthServerOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RandomSource, SystemRandomSource>();
        services.TryAddSingleton<IPasswordHasher<Account>>(provider => new PasswordHasher<Account>(
            Options.Create(new PasswordHasherOptions { IterationCount = provider.GetRequiredService<IOptions<PlexAuthServerOptions>>().Value.PasswordHashIterations })));
        services.TryAddSingleton<SignInLimits>();
        services.TryAddSingleton<IPlexAuthNotifier, LogNotifier>();
        return services
            .AddSingleton<Database>().AddSingleton<KeyRing>().AddSingleton<Ballast>()
            .AddSingleton<AccountStore>().AddSingleton<AccountService>().AddSingleton<PasswordService>().AddSingleton<AccountTransfer>().AddSingleton<KeyRotation>().AddSingleton<Administrator>()
            .AddSingleton<ProofService>().AddSingleton<SignInService>()
            .AddSingleton<HashQueue>().AddSingleton<PasswordHashing>().AddSingleton<PasswordRenewal>()
            .AddSingleton<SecondFactor>().AddSingleton<TwoFactorService>().AddSingleton(SecondFactorStore.Sweep).AddSingleton<HomePins>()
            .AddSingleton<TokenGate>().AddSingleton<TokenCache>().AddSingleton<TokenValidator>().AddSingleton<TransientTokens>().AddSingleton<ServerTokens>().AddSingleton<SignOutService>()
            .AddSingleton<DeviceActivity>().AddSingleton<DeviceService>().AddSingleton(SecurityEventStore.Sweep).AddSingleton(NoticeStore.Sweep)
            .AddSingleton<SignInGuard>().AddSingleton(ThrottleStore.Sweep).AddSingleton(NetworkStore.Sweep)
            .AddSingleton<TransientEpochs>().AddSingleton<ReplicaWatch>()
            .AddSingleton<OwnServer>().AddSingleton<SourceService>().AddSingleton<DelegationService>().AddSingleton<SourceDelegation>().AddSingleton<ClaimService>().AddServerAuthority()
            .AddSingleton(provider => new PlexAuthAccounts(
                provider.GetRequiredService<Database>(), provider.GetRequiredService<AccountStore>(), provider.GetRequiredService<AccountService>(),
                provider.GetRequiredService<PasswordService>(), provider.GetRequiredService<DeviceService>(), provider.GetRequiredService<AccountTransfer>(),
                provider.GetRequiredService<KeyRotation>()))
            .AddSingleton<PersonaHashes>().AddSingleton<DevPersonas>()
            .AddSingleton(TokenStore.Sweep)
            .AddDeviceKeys()
            .AddHostedService<ServerStartup>().AddHostedService<ExpirySweeper>().AddHostedService<NoticeSender>().AddHostedService<NeighbourWatch>();
    }
}
