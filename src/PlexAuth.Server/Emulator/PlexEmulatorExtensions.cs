using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Emulator;
using PlexAuth.Server.Http;
using PlexAuth.Server.MediaServer.Delegation;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server;

/// <summary>Turns a server into an emulator for tests. Whoever reaches its controls can become anybody: never in public.</summary>
public static class PlexEmulatorExtensions
{
    /// <summary>Registers <see cref="PlexEmulator"/> and puts the whole application on its clock. To be called after <c>AddPlexAuthServer</c>.</summary>
    public static IServiceCollection AddPlexEmulator(this IServiceCollection services, Action<PlexEmulatorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ImplementationType == typeof(FrontDoorFilter)))
            throw new InvalidOperationException("Call AddPlexAuthServer before AddPlexEmulator, which stands behind it.");

        services.AddOptions<PlexEmulatorOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddSingleton(provider => new PlexEmulatorClock(provider.GetRequiredService<IOptions<PlexEmulatorOptions>>().Value.ClockStandsAt));
        services.TryAddSingleton<PlexEmulatorFaults>();
        services.TryAddSingleton<PlexEmulatorRequests>();
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(provider => provider.GetRequiredService<PlexEmulatorClock>()));
        services.Replace(ServiceDescriptor.Singleton<RandomSource>(
            provider => provider.GetRequiredService<IOptions<PlexEmulatorOptions>>().Value.Deterministic ? new KnownRandomSource() : new SystemRandomSource()));
        services.Replace(ServiceDescriptor.Singleton<SourceDelegation, SeededDelegation>());
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, EmulatorFilter>());
        return services
            .AddSingleton<FaultPlayer>().AddSingleton<AutomaticPins>().AddSingleton<SeedService>().AddSingleton<EmulatorState>().AddSingleton<TokenControl>()
            .AddSingleton(Create)
            .AddHostedService<EmulatorStartup>();
    }

    /// <summary>Maps the controls under <c>/_emulator</c>, for callers on this machine alone. Works together with <c>AddPlexEmulator</c>.</summary>
    public static void MapPlexEmulator(this IEndpointRouteBuilder app) => app.MapEmulator();

    private static PlexEmulator Create(IServiceProvider services) => new(
        services.GetRequiredService<PlexEmulatorClock>(), services.GetRequiredService<PlexEmulatorFaults>(), services.GetRequiredService<PlexEmulatorRequests>(),
        services.GetRequiredService<SeedService>(), services.GetRequiredService<EmulatorState>(), services.GetRequiredService<TokenControl>(),
        services.GetRequiredService<AutomaticPins>(), services.GetRequiredService<IOptions<PlexAuthServerOptions>>());

    private sealed class EmulatorFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseMiddleware<EmulatorMiddleware>();
            next(app);
        };
    }

    /// <summary>After the server's own start, which opens the database.</summary>
    private sealed class EmulatorStartup(PlexEmulator emulator, IEnumerable<IServer> servers, IOptions<PlexEmulatorOptions> options) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => emulator.StartAsync(options.Value, cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <exception cref="PlexEmulatorException">Secrets that everybody can know would guard a server that everybody can reach; the start is undone.</exception>
        public Task StartedAsync(CancellationToken cancellationToken)
        {
            var addresses = servers.SelectMany(server => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
            return options.Value.Deterministic && addresses.FirstOrDefault(address => !IsLoopback(address)) is { } open
                ? throw new PlexEmulatorException($"{open} can be reached from other machines, and deterministic tokens can be known by anybody. Listen on loopback, such as http://127.0.0.1:0.")
                : Task.CompletedTask;
        }

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;
    }
}
