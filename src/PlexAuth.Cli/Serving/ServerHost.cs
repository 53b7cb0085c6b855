using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using PlexAuth.Server;

namespace PlexAuth.Cli.Serving;

// The server as the tool runs it: nothing is configured from files or variables it was not told of, and logs go to standard error.
internal static class ServerHost
{
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(5);

    public static WebApplication Build(ServerSetup setup)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls([.. setup.Addresses]);
        if (setup.Certificate is { } certificate)
            builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        if (setup.Door is { } door)
            builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = _ => door);
        if (setup.Time != TimeProvider.System)
            builder.Services.AddSingleton(setup.Time);
        builder.Services.AddRouting();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainWithin);
        ConfigureLogging(builder.Logging, setup.LogLevel, setup.Colors);
        builder.Services.AddPlexAuthServer(setup.Server);
        if (setup.Emulator is { } emulator)
            builder.Services.AddPlexEmulator(emulator);
        var app = builder.Build();
        app.MapPlexAuthServer();
        app.MapPlexNotFound();
        if (setup.Emulator is not null)
            app.MapPlexEmulator();
        return app;
    }

    // Starts listening; what keeps it from that is told in one sentence.
    public static async Task StartAsync(WebApplication app, IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new ToolException($"{Where(addresses)} is in use: another server is listening there. Stop it, or choose another address with --urls.");
        }
        catch (PlexEmulatorException exception)
        {
            throw ToolException.Usage($"--seed: {exception.Message}");
        }
        catch (SocketException exception)
        {
            throw new ToolException($"Cannot listen on {Where(addresses)}: {exception.Message}. Choose another address with --urls.");
        }
    }

    private static string Where(IReadOnlyList<string> addresses) => string.Join(" or ", addresses);

    private static void ConfigureLogging(ILoggingBuilder logging, LogLevel level, bool colors)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.ColorBehavior = colors ? LoggerColorBehavior.Enabled : LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(level);
        // Logs whole request addresses, and a token may be in them.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        // The tool itself says why a start failed.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
