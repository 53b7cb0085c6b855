using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlexAuth.AspNetCore;

namespace PlexAuth.Acceptance.Tests;

/// <summary>
/// A web application with a page for whoever signs in, and one for those who may use a media server, as its author would write it. It keeps other windows away from
/// its own, and stands behind a proxy.
/// </summary>
internal sealed class WebApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebApp(WebApplication app, CapturedLog log) => (_app, Log) = (app, log);

    public CapturedLog Log { get; }

    public static async Task<WebApp> StartAsync(Uri accountUrl, string? machineIdentifier = null, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var log = new CapturedLog();
        builder.Services.AddSingleton<ILoggerFactory>(log);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorization(options => options.AddPolicy("friends", policy => policy.RequirePlexServerAccess()));
        builder.Services.AddPlexAccess(options => options.MachineIdentifier = machineIdentifier);
        builder.Services.AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = (CookieAuthenticationDefaults.AuthenticationScheme, PlexDefaults.AuthenticationScheme))
            .AddCookie()
            .AddPlex(options => (options.Product, options.ClientIdentifier, options.AccountUrl) = ("My App", "my-app-7f3c", accountUrl));
        builder.Services.AddHealthChecks().AddPlexAccountService();
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost);
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.Use(async (context, next) =>
        {
            context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
            await next(context);
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/private", (ClaimsPrincipal user) => user.Identity?.Name).RequireAuthorization();
        app.MapGet("/friends", () => "Come in").RequireAuthorization("friends");
        app.MapHealthChecks("/health");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WebApp(app, log);
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
internal sealed class Visitor(Uri app) : IDisposable
{
    private readonly HttpClient _http = new(new Proxy(app)) { BaseAddress = new Uri("https://films.example") };

    public async Task<(HttpStatusCode Status, string Location, string Body, string? OpenerPolicy)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        var policy = answer.Headers.TryGetValues("Cross-Origin-Opener-Policy", out var values) ? string.Join(',', values) : null;
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? "", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), policy);
    }

    /// <summary>Asks for a page that needs a sign-in; what the address of Plex's page, to which the browser is sent without opening a window, says in its fragment.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AskAsync(string path)
    {
        var answer = await GetAsync(path);
        (answer.Status, answer.Body).ShouldBe((HttpStatusCode.Redirect, ""));
        return answer.Location.Split("#?")[1].Split('&').Select(field => field.Split('='))
            .ToDictionary(field => Uri.UnescapeDataString(field[0]), field => Uri.UnescapeDataString(field[1]));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Ends TLS, as Traefik does, so that the application sees plain http. The cookies are the browser's.</summary>
    private sealed class Proxy(Uri app) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        private readonly CookieContainer _cookies = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.RequestUri!;
            request.Headers.TryAddWithoutValidation("Cookie", _cookies.GetCookieHeader(asked));
            request.Headers.Add("X-Forwarded-Proto", asked.Scheme);
            request.Headers.Add("X-Forwarded-Host", asked.Authority);
            request.RequestUri = new Uri(app, asked.PathAndQuery);
            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
                _cookies.SetCookies(asked, cookie);
            return answer;
        }
    }
}
