using System.CommandLine;
using Microsoft.Extensions.Hosting;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Hosting;

// What the commands that open a server's database share: where it is, and where its keys are.
internal static class DataDirectory
{
    private const string DatabaseVariable = "PLEXAUTH_DATABASE";
    private const string InstanceVariable = "PLEXAUTH_INSTANCE";
    private const string KeyFileVariable = "PLEXAUTH_KEYS_FILE";

    public static Option<string> Option() => new("--data")
    {
        Description = "Where accounts and keys are kept. Default: plexauth/server under XDG_DATA_HOME, or what the platform has instead",
        HelpName = "directory",
    };

    public static Option<string> DatabaseOption() => new("--database")
    {
        Description = "PostgreSQL instead of a file in the data directory, such as \"Host=db;Database=plexauth;Username=plexauth\". "
            + "Others on this machine can read it: with a password in it, use PLEXAUTH_DATABASE or PLEXAUTH_DATABASE_FILE",
        HelpName = "connection string",
    };

    // For a tool beside the servers, which takes no place among them.
    public static void Configure(PlexAuthServerOptions options, Invocation invocation, Option<string> data)
    {
        options.DataDirectory = Path.GetFullPath(invocation.Value(data) ?? invocation.Directories.ServerData);
        options.Database = invocation.Variables.Read(DatabaseVariable);
        options.KeyFile = invocation.Terminal.Variable(KeyFileVariable) is { Length: > 0 } file ? file : null;
        options.InstanceName = "";
    }

    // A media server alone keeps an identity of its own, apart from that of a whole server on the same machine.
    public static void ConfigureMediaServer(PlexAuthServerOptions options, Invocation invocation, Option<string> data) =>
        options.DataDirectory = Path.GetFullPath(invocation.Value(data) ?? invocation.Directories.MediaServerData);

    public static void ConfigureServer(PlexAuthServerOptions options, Invocation invocation, Option<string> data, Option<string> database)
    {
        Configure(options, invocation, data);
        options.Database = invocation.Value(database) ?? options.Database;
        options.InstanceName = invocation.Variables.Read(InstanceVariable);
    }

    // The server's own services over its data, listening nowhere; a running server may use the same data meanwhile.
    public static IHost BuildHost(Invocation invocation, Option<string> data)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPlexAuthServer(options => Configure(options, invocation, data));
        return builder.Build();
    }
}
