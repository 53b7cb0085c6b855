using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlexAuth.Server;

namespace PlexAuth.Interop.Tests;

/// <summary>The server with its development personas on a free loopback port, one for each test class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly WebApplication _app = Build();

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.Single());
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlexAuthServer(options =>
        {
            options.DevPersonas = true;
            options.PasswordHashIterations = 1;
        });
        var app = builder.Build();
        app.MapPlexAuthServer();
        return app;
    }
}
