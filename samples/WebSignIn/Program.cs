using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using PlexAuth.AspNetCore;
using WebSignIn;

var builder = WebApplication.CreateBuilder(args);
var plex = builder.Configuration.GetSection("Plex");

// The part to copy: sessions in a cookie, sign-in with Plex, and a policy for those who may use one media server.
builder.Services.AddAuthentication(options =>
    {
        options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        options.DefaultChallengeScheme = PlexDefaults.AuthenticationScheme;
    })
    .AddCookie()
    .AddPlex(options =>
    {
        options.Product = "WebSignIn sample";
        options.ClientIdentifier = plex["ClientIdentifier"]!;
        if (plex["AccountUrl"] is { Length: > 0 } url)
            options.AccountUrl = new Uri(url);
        options.AccessDeniedPath = "/denied";
    });
builder.Services.AddPlexAccess(options => options.MachineIdentifier = plex["MachineIdentifier"]);
builder.Services.AddAuthorization(options => options.AddPolicy("friends", policy => policy.RequirePlexServerAccess()));

var app = builder.Build();
app.MapGet("/", (ClaimsPrincipal user) => Pages.Home(user));
app.MapGet("/sign-in", () => TypedResults.Challenge(new AuthenticationProperties { RedirectUri = "/" }, [PlexDefaults.AuthenticationScheme]));
app.MapPost("/sign-out", () => TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [CookieAuthenticationDefaults.AuthenticationScheme]));
app.MapGet("/denied", () => Pages.Denied());
app.MapGet("/films", (ClaimsPrincipal user) => Pages.Films(user)).RequireAuthorization("friends");

// Only for trying it out: a Plex-compatible server with made-up people, in this process.
await using var devServer = plex.GetValue<bool>("DevServer") ? await DevServer.StartAsync(new Uri(plex["AccountUrl"]!)) : null;
await app.RunAsync();
