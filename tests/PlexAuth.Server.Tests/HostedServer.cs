using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests;

/// <summary>The server as an application would host it, on a real socket, with the dev personas.</summary>
public sealed class HostedServer : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private WebApplication? _app;

    private HostedServer(Action<PlexAuthServerOptions> configure, Action<WebApplication> map, Action<IServiceCollection> services)
    {
        Configure = configure;
        Map = map;
        Services = services;
    }

    /// <summary>For a class fixture.</summary>
    public HostedServer()
        : this(_ => { }, app => app.MapPlexAuthServer(), _ => { })
    {
    }

    public Uri Address { get; private set; } = new("http://localhost");

    public HttpClient Client { get; private set; } = new();

    /// <summary>Everything logged, at every level, as text.</summary>
    public CapturedLog Log { get; } = new();

    public WebApplication App => _app ?? throw new InvalidOperationException("Not started.");

    private Action<PlexAuthServerOptions> Configure { get; }

    private Action<WebApplication> Map { get; }

    private Action<IServiceCollection> Services { get; }

    public static async Task<HostedServer> StartAsync(
        Action<PlexAuthServerOptions>? configure = null, Action<WebApplication>? map = null, Action<IServiceCollection>? services = null)
    {
        var server = new HostedServer(configure ?? (_ => { }), map ?? (app => app.MapPlexAuthServer()), services ?? (_ => { }));
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.AddPlexAuthServer(options =>
        {
            options.DevPersonas = true;
            options.PasswordHashIterations = 1;
            Configure(options);
            _database.Configure(options);
        });
        Services(builder.Services);
        _app = builder.Build();
        Map(_app);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = new Uri(_app.Urls.First());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    /// <summary>Sends a call as a given client would; the format is JSON unless headers say otherwise.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, string? token = null, IReadOnlyList<(string Name, string Value)>? headers = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers ?? [("Accept", "application/json"), ("X-Plex-Client-Identifier", "test-client")])
            request.Headers.TryAddWithoutValidation(name, value);
        if (token is not null)
            request.Headers.Add("X-Plex-Token", token);

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        {
            Headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        };
    }

    public Task<Reply> GetAsync(string path, string? token = null, IReadOnlyList<(string Name, string Value)>? headers = null) => SendAsync(HttpMethod.Get, path, token, headers);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        _database.Dispose();
        Log.Dispose();
    }
}

public sealed record Reply(HttpStatusCode Status, string? ContentType, string Body)
{
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
}
