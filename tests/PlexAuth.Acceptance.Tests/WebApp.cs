using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlexAuth.AspNetCore;

namespace PlexAuth.Acceptance.Tests;

/// <summary>A web application with a page for whoever signs in, and one for those who may use a media server, as its author would write it.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebApp(WebApplication app) => _app = app;

    public static async Task<WebApp> StartAsync(Uri accountUrl, string? machineIdentifier = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorization(options => options.AddPolicy("friends", policy => policy.RequirePlexServerAccess()));
        builder.Services.AddPlexAccess(options => options.MachineIdentifier = machineIdentifier);
        builder.Services.AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = (CookieAuthenticationDefaults.AuthenticationScheme, PlexDefaults.AuthenticationScheme))
            .AddCookie()
            .AddPlex(options => (options.Product, options.ClientIdentifier, options.AccountUrl) = ("My App", "my-app-7f3c", accountUrl));
        var app = builder.Build();
        app.MapGet("/private", (ClaimsPrincipal user) => user.Identity?.Name).RequireAuthorization();
        app.MapGet("/friends", () => "Come in").RequireAuthorization("friends");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WebApp(app);
    }

    public Visitor Visit() => new(new Uri(_app.Urls.Single()));

    public async Task<(Visitor Visitor, PlexAuthPersona Persona, IReadOnlyDictionary<string, string> SignIn)> VisitAsync(PlexAuthPersona persona)
    {
        var visitor = Visit();
        return (visitor, persona, await visitor.AskAsync("/private"));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>A browser that keeps cookies and shows where it is sent.</summary>
internal sealed class Visitor(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address };

    public async Task<(HttpStatusCode Status, string Location, string Body)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Asks for a page that needs a sign-in; what the address of Plex's page says in its fragment.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AskAsync(string path) =>
        (await GetAsync(path)).Location.Split("#?")[1].Split('&').Select(field => field.Split('='))
            .ToDictionary(field => Uri.UnescapeDataString(field[0]), field => Uri.UnescapeDataString(field[1]));

    public void Dispose() => _http.Dispose();
}
