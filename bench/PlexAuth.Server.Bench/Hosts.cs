using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PlexAuth.Server.Bench;

/// <summary>The two sides of the comparison: the server, and an application that does nothing but write the same bytes.</summary>
internal static class Hosts
{
    public static async Task<WebApplication> StartServerAsync()
    {
        var builder = Builder();
        builder.Services.AddPlexAuthServer(options => options.DevPersonas = true);
        var app = builder.Build();
        app.MapPlexAuthServer();
        await app.StartAsync();
        return app;
    }

    public static async Task<WebApplication> StartStaticAsync(byte[] body, string contentType)
    {
        var app = Builder().Build();
        app.MapGet("/static", (RequestDelegate)(context =>
        {
            context.Response.ContentType = contentType;
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
        }));
        await app.StartAsync();
        return app;
    }

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder;
    }
}
