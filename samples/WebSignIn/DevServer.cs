using PlexAuth.Server;

namespace WebSignIn;

internal static class DevServer
{
    /// <summary>Everybody's password is known there: alice@example.com has alice-password, and so on for bob and dave.</summary>
    public static async Task<WebApplication> StartAsync(Uri accountUrl)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(accountUrl.GetLeftPart(UriPartial.Authority));
        builder.Services.AddPlexAuthServer(options => options.DevPersonas = true);

        var server = builder.Build();
        server.MapPlexAuthServer();
        await server.StartAsync();
        Console.WriteLine($"Dev server at {accountUrl.GetLeftPart(UriPartial.Authority)}: sign in as alice@example.com with alice-password, or as bob or dave likewise.");
        return server;
    }
}
