using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlexAuth.Server;

namespace PlexAuth.Testing;

/// <summary>The server as tests host it: nothing is configured from files or variables, and nothing is logged.</summary>
internal static class TestHost
{
    private const string AnyPort = "http://127.0.0.1:0";

    private const int TriesToReturn = 50;
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>A restart needs the port that it had, which a connection of another test can have taken meanwhile, for a moment.</summary>
    public static async Task<WebApplication> StartAsync(PlexTestServerOptions options, Previous? previous, CancellationToken cancellationToken)
    {
        for (var tries = previous is null ? 1 : TriesToReturn; ; tries--)
        {
            try
            {
                return await StartOnceAsync(options, previous, cancellationToken);
            }
            catch (IOException inUse) when (inUse.InnerException is AddressInUseException && tries > 1)
            {
                await Task.Delay(PauseBetweenTries, cancellationToken);
            }
        }
    }

    private static async Task<WebApplication> StartOnceAsync(PlexTestServerOptions options, Previous? previous, CancellationToken cancellationToken)
    {
        var app = Build(options, previous);
        try
        {
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(PlexTestServerOptions options, Previous? previous)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(previous?.Address ?? AnyPort);
        builder.Services.AddRouting();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        previous?.Register(builder.Services);
        builder.Services.AddPlexAuthServer(server => Configure(server, options));
        builder.Services.AddPlexEmulator(emulator =>
        {
            (emulator.Seed, emulator.State) = (previous is null ? options.Seed : null, previous?.State);
            (emulator.Deterministic, emulator.ClockStandsAt) = (options.Deterministic, options.ClockStandsAt);
        });
        var app = builder.Build();
        app.MapPlexAuthServer();
        app.MapPlexEmulator();
        return app;
    }

    private static void Configure(PlexAuthServerOptions server, PlexTestServerOptions options)
    {
        server.DevPersonas = options.Seed.Personas;
        server.Strict = options.Strict;
        server.PasswordHashIterations = 1;
        options.ConfigureServer?.Invoke(server);
    }
}
