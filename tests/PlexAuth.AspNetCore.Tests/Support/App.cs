using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlexAuth.AspNetCore.Tests;

/// <summary>A web application as its author would write it, on a real socket.</summary>
internal sealed class App : IAsyncDisposable
{
    private readonly WebApplication _app;

    private App(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<App> StartAsync(Action<AuthenticationBuilder> authentication, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        authentication(builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie());
        builder.Services.AddAuthorization();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        (map ?? Map)(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new App(app);
    }

    /// <summary>With the sign-in configured as the guide shows it.</summary>
    public static Task<App> StartAsync(AccountStub plex, Action<PlexOptions>? configure = null, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null) =>
        StartAsync(
            authentication => authentication.AddPlex(options =>
            {
                options.Product = "My App";
                options.ClientIdentifier = "my-app-7f3c";
                options.AccountUrl = plex.AccountUrl;
                options.ConfirmationTimeout = TimeSpan.Zero;
                configure?.Invoke(options);
            }),
            services,
            map);

    public static void Map(WebApplication app)
    {
        app.MapGet("/signin", (string? scheme) => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = "/me?back=1" }, [scheme ?? PlexDefaults.AuthenticationScheme]));
        app.MapGet("/me", (ClaimsPrincipal user) => string.Join('\n', user.Claims.Select(claim => $"{claim.Type}={claim.Value}"))).RequireAuthorization();
        app.MapGet("/token", async (HttpContext context) => await context.GetTokenAsync(PlexDefaults.TokenName) ?? "none").RequireAuthorization();
        app.MapGet("/denied", () => "You said no.");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
