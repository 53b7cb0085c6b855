using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace PlexAuth.Server.Tests;

public class ServerOptionsTests
{
    private static readonly (string Option, Action<PlexAuthServerOptions> Set)[] Nonsense =
    [
        ("AccountUrl", options => options.AccountUrl = new Uri("/api/v2", UriKind.Relative)),
        ("AccountUrl", options => options.AccountUrl = new Uri("ftp://plex.example.com")),
        ("AccountUrl", options => options.AccountUrl = new Uri("https://alice:secret@plex.example.com/api/v2")),
        ("PublicUrl", options => options.PublicUrl = new Uri("https://plex.example.com/?page=1")),
        ("RequestTimeout", options => options.RequestTimeout = TimeSpan.Zero),
        ("RequestTimeout", options => options.RequestTimeout = TimeSpan.FromDays(25)),
        ("PasswordHashIterations", options => options.PasswordHashIterations = 0),
        ("MinPasswordLength", options => options.MinPasswordLength = 0),
        ("Pins.ShortLength", options => options.Pins.ShortLength = 3),
        ("Pins.ShortLength", options => options.Pins.ShortLength = 9),
        ("Pins.StrongLifetime", options => options.Pins.StrongLifetime = TimeSpan.Zero),
        ("Pins.LivePerClient", options => options.Pins.LivePerClient = 0),
        ("Pins.StrongLivePerClient", options => options.Pins.StrongLivePerClient = 0),
    ];

    [Fact]
    public async Task Options_that_make_no_sense_are_refused_by_name_before_anything_listens()
    {
        foreach (var (option, set) in Nonsense)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Services.AddPlexAuthServer(set);
            await using var app = builder.Build();

            var refused = Should.Throw<OptionsValidationException>(app.MapPlexAuthServer, option);

            refused.Message.ShouldStartWith($"PlexAuthServerOptions.{option} is ");
            refused.Message.ShouldNotContain("secret");
        }
    }
}
