using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace PlexAuth.Server.Tests.MediaServer.Delegation;

/// <summary>Something that listens where a media server was registered, and notes what it is sent.</summary>
internal sealed class Stub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string? Token)> _calls = new();
    private int _connections;

    private Stub(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(next => connection =>
        {
            Interlocked.Increment(ref _connections);
            return next(connection);
        })));
        _app = builder.Build();
        _app.Run(context =>
        {
            _calls.Enqueue((context.Request.Path, context.Request.Headers[PlexHeaders.Token]));
            return answer(context);
        });
    }

    public Uri Address => new(_app.Urls.First());

    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyList<(string Path, string? Token)> Calls => [.. _calls];

    public static async Task<Stub> StartAsync(Func<HttpContext, Task> answer)
    {
        var stub = new Stub(answer);
        await stub._app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    /// <summary>Says to be a certain server, and answers the rest as given.</summary>
    public static Task<Stub> StartAsync(string machineIdentifier, Func<HttpContext, Task> answer) => StartAsync(context =>
        context.Request.Path == "/identity" ? context.Response.WriteAsync($"{{\"MediaContainer\":{{\"size\":0,\"machineIdentifier\":\"{machineIdentifier}\"}}}}") : answer(context));

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
