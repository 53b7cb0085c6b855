using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlexAuth.AspNetCore;

namespace PlexAuth.Browser.Tests;

/// <summary>An application of somebody's that lets people sign in with Plex.</summary>
internal sealed class WebApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebApp(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<WebApp> StartAsync(PlexSite site)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization().AddAuthentication(options =>
        {
            options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            options.DefaultChallengeScheme = PlexDefaults.AuthenticationScheme;
        }).AddCookie().AddPlex(options =>
        {
            options.Product = "Film club";
            options.ClientIdentifier = "film-club";
            options.AccountUrl = new Uri(site.Address, "api/v2");
        });
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            // An app that keeps other windows away from its own cannot ask a popup of another site how it went.
            context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
            await next(context);
        });
        app.MapGet("/films/{id}", (string id, ClaimsPrincipal user) => $"Film {id} for {user.Identity!.Name}").RequireAuthorization();
        app.MapGet("/", (ClaimsPrincipal user) => $"Hello {user.Identity!.Name ?? "stranger"}");
        app.MapGet("/sign-in", () => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = "/?back" }, [PlexDefaults.AuthenticationScheme]));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WebApp(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
