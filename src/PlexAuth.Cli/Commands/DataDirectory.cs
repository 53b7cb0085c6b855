using System.CommandLine;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands;

// The option that serve and accounts share: they work on the same database.
internal static class DataDirectory
{
    public static Option<string> Option() => new("--data")
    {
        Description = "Where accounts are kept. Default: plexauth/server under XDG_DATA_HOME, or what the platform has instead",
        HelpName = "directory",
    };

    public static void Configure(PlexAuthServerOptions options, Invocation invocation, Option<string> data) =>
        options.DataDirectory = Path.GetFullPath(invocation.Value(data) ?? invocation.Directories.ServerData);
}
