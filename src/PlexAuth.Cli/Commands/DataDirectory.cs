using System.CommandLine;
using Microsoft.Extensions.Hosting;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands;

// The option that serve, accounts and keys share: they work on the same database.
internal static class DataDirectory
{
    public static Option<string> Option() => new("--data")
    {
        Description = "Where accounts are kept. Default: plexauth/server under XDG_DATA_HOME, or what the platform has instead",
        HelpName = "directory",
    };

    public static void Configure(PlexAuthServerOptions options, Invocation invocation, Option<string> data) =>
        options.DataDirectory = Path.GetFullPath(invocation.Value(data) ?? invocation.Directories.ServerData);

    // The server's own services over its data, listening nowhere; a running server may use the same data meanwhile.
    public static IHost BuildHost(Invocation invocation, Option<string> data)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPlexAuthServer(options => Configure(options, invocation, data));
        return builder.Build();
    }
}
