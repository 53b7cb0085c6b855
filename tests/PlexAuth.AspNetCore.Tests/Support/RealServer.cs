using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using PlexAuth.Server;

namespace PlexAuth.AspNetCore.Tests;

/// <summary>This project's own server with its personas, on a real socket.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RealServer(WebApplication app) => _app = app;

    public Uri AccountUrl => new(_app.Urls.Single() + "/api/v2");

    public static async Task<RealServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddPlexAuthServer(options =>
        {
            options.DevPersonas = true;
            options.PasswordHashIterations = 1;
        });
        var app = builder.Build();
        app.MapPlexAuthServer();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RealServer(app);
    }

    /// <summary>Says yes to a PIN as one of the personas.</summary>
    public async Task AllowAsync(string code, string token)
    {
        using var person = Client("somebodys-browser", PlexCredential.FromToken(token));
        await person.Pins.LinkAsync(code, cancellationToken: TestContext.Current.CancellationToken);
    }

    public PlexClient Client(string clientIdentifier, PlexCredential? credential = null) =>
        new(new PlexClientOptions { Identity = new(clientIdentifier, product: "Test"), AccountUrl = AccountUrl, Credential = credential });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
