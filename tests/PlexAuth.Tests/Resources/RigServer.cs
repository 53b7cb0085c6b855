using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace PlexAuth.Tests.Resources;

/// <summary>A media server on loopback that is as good or as bad as the test wants it, and remembers what it was sent.</summary>
internal sealed class RigServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RigServer(WebApplication app) => _app = app;

    /// <summary>Each request with all its headers, one text each.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int Port => new Uri(_app.Urls.Single().Replace("[::]", "127.0.0.1", StringComparison.Ordinal)).Port;

    public bool SawToken => Requests.Any(request => request.Contains(Rig.Token, StringComparison.Ordinal));

    /// <param name="certificate">Null: plain http.</param>
    /// <param name="answer">What it does; null: what the right server does.</param>
    public static async Task<RigServer> StartAsync(X509Certificate2? certificate, Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
        }));
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);

        var server = new RigServer(builder.Build());
        server._app.Run(context =>
        {
            server.Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {string.Join(' ', context.Request.Headers.Select(header => $"{header.Key}={header.Value}"))}");
            return (answer ?? (to => AsRightServerAsync(to)))(context);
        });
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public static Task AsRightServerAsync(HttpContext context, string machineIdentifier = Rig.MachineIdentifier, bool xml = false)
    {
        if (context.Request.Path == "/identity")
            return context.Response.WriteAsync(xml ? $"<MediaContainer size=\"0\" claimed=\"1\" machineIdentifier=\"{machineIdentifier}\"/>" : $$"""{"MediaContainer":{"size":0,"newMember":{},"machineIdentifier":"{{machineIdentifier}}"} }""");

        if (context.Request.Headers[PlexHeaders.Token] != Rig.Token)
            return RefuseAsync(context);

        return context.Response.WriteAsync(context.Request.Path == "/security/token" ? """{"MediaContainer":{"token":"transient-1"}}""" : """{"MediaContainer":{}}""");
    }

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = 401;
        return context.Response.WriteAsync("<html><head><title>Unauthorized</title></head></html>");
    }

    public static Task KeepSilentAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
