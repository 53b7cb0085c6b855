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
    private readonly WebApplication _app = Build(accounts: null);
    private WebApplication? _attic;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.Single());
        _attic = Build(new Uri(Address, "/api/v2"));
        await _attic.StartAsync(TestContext.Current.CancellationToken);
        // It tells the accounts where it is before it refuses to be claimed.
        using var http = new HttpClient();
        using var refused = await http.PostAsync(new Uri(new Uri(_attic.Urls.Single()), "/myplex/claim"), content: null, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_attic is not null)
            await _attic.DisposeAsync();
        await _app.DisposeAsync();
    }

    // With the address of an account service, the personas' other media server, "Attic".
    private static WebApplication Build(Uri? accounts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPlexAuthServer(options =>
        {
            options.DevPersonas = true;
            options.AccountUrl = accounts;
            // Some address: it tells its own once it knows.
            options.DevAttic = new Uri("http://127.0.0.1:9");
            options.PasswordHashIterations = 1;
        });
        var app = builder.Build();
        app.MapPlexAuthServer();
        return app;
    }
}
