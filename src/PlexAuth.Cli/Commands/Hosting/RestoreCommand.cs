using System.CommandLine;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Hosting;

internal sealed class RestoreCommand : ToolCommand
{
    private readonly Argument<string?> _file = new("file") { Description = "What 'plexauth backup' wrote; nothing for PostgreSQL after pg_restore", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _keepTokens = Flag("--keep-tokens", "Keep tokens valid, those included that were revoked after the backup");
    private readonly Option<string> _data = DataDirectory.Option();

    public RestoreCommand(Tool tool)
        : base(
            tool,
            "restore",
            "Put a server's database back from a backup, while no server runs. Everybody signs in again, as the backup cannot know what was revoked since.",
            "plexauth restore /var/backups/plexauth-2026-11-22.db --data /srv/plexauth",
            "pg_restore --dbname=plexauth plexauth.dump && plexauth restore")
    {
        Arguments.Add(_file);
        Options.Add(_keepTokens);
        Options.Add(_data);
    }

    public override bool Connects => false;

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var options = new PlexAuthServerOptions();
        DataDirectory.Configure(options, invocation, _data);
        var keep = invocation.Value(_keepTokens);
        if (invocation.Value(_file) is { } file)
            await PlexAuthBackup.RestoreAsync(options, file, keep, cancellationToken);
        else
            await PlexAuthBackup.QuarantineAsync(options, keep, cancellationToken);
        invocation.Output.Say(keep ? "Restored. Tokens that were revoked since the backup are valid again." : "Restored. All tokens have ended: everybody signs in again.");
    }
}
