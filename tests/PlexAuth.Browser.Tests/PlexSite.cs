using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlexAuth.Server;

namespace PlexAuth.Browser.Tests;

/// <summary>The server with its personas on a loopback port. Callers name their address as a proxy in front of it would.</summary>
public sealed class PlexSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _apps;

    private PlexSite(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        _apps = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public static async Task<PlexSite> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddPlexAuthServer(options =>
        {
            options.DevPersonas = true;
            options.PasswordHashIterations = 1;
            options.KnownProxies.Add("127.0.0.1");
        });
        var app = builder.Build();
        app.MapPlexAuthServer();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new PlexSite(app);
    }

    /// <summary>An app asks for a PIN.</summary>
    public async Task<AskedPin> AskAsync(bool strong = true, string address = "203.0.113.99", string product = "Overseerr", string? origin = null, string deviceName = "Chrome (Overseerr)")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, strong ? "/api/v2/pins?strong=true" : "/api/v2/pins");
        AddIdentity(request);
        request.Headers.Add("X-Forwarded-For", address);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        request.Content = new FormUrlEncodedContent(
            [KeyValuePair.Create("X-Plex-Product", product), KeyValuePair.Create("X-Plex-Device-Name", deviceName), KeyValuePair.Create("X-Plex-Platform", "Chrome")]);
        using var response = await _apps.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var pin = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return new AskedPin(pin.GetProperty("id").GetInt32(), pin.GetProperty("code").GetString()!);
    }

    /// <summary>What the app learns: a token, null while nobody has decided, or "gone".</summary>
    public async Task<string?> PollAsync(AskedPin pin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v2/pins/{pin.Id}");
        AddIdentity(request);
        using var response = await _apps.SendAsync(request, TestContext.Current.CancellationToken);
        if (!response.IsSuccessStatusCode)
            return "gone";

        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("authToken").GetString();
    }

    public async Task<string?> WhoIsAsync(string? token)
    {
        var user = await _apps.GetFromJsonAsync<JsonElement>($"/api/v2/user.json?X-Plex-Client-Identifier=app-1&X-Plex-Token={token}", TestContext.Current.CancellationToken);
        return user.GetProperty("username").GetString();
    }

    public string AuthAddress(AskedPin pin, string? forwardUrl = null) =>
        $"{Address}auth#?clientID=app-1&code={pin.Code}{(forwardUrl is null ? "" : $"&forwardUrl={Uri.EscapeDataString(forwardUrl)}")}";

    public async ValueTask DisposeAsync()
    {
        _apps.Dispose();
        await _app.DisposeAsync();
    }

    private static void AddIdentity(HttpRequestMessage request)
    {
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("X-Plex-Client-Identifier", "app-1");
    }
}

public sealed record AskedPin(int Id, string Code);
