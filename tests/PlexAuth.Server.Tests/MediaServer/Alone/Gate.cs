using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace PlexAuth.Server.Tests.MediaServer.Alone;

/// <summary>Stands before a server: notes what is asked of it, and closes it.</summary>
internal sealed class Gate : IStartupFilter
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>Every connection breaks, as when the server is gone.</summary>
    public bool Closed { get; set; }

    /// <summary>Lets no call to the given path through before it is completed.</summary>
    public (string Path, Task Until)? Held { get; set; }

    public int CallsTo(string path) => _calls.Count(call => call == path);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            _calls.Enqueue(context.Request.Path);
            if (Held is { } held && context.Request.Path == held.Path)
                await held.Until;
            if (Closed)
                context.Abort();
            else
                await rest(context);
        });
        next(app);
    };
}
