using System.CommandLine;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Hosting;

internal sealed class BackupCommand : ToolCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The backup to write; it must not be there yet" };
    private readonly Option<string> _data = DataDirectory.Option();

    public BackupCommand(Tool tool)
        : base(
            tool,
            "backup",
            "Save a server's database to one file, also while it runs. The keys are not in it: keep a copy of plexauth.keys elsewhere.",
            "plexauth backup /var/backups/plexauth-$(date +%F).db --data /srv/plexauth")
    {
        Arguments.Add(_file);
        Options.Add(_data);
    }

    public override bool Connects => false;

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var options = new PlexAuthServerOptions();
        DataDirectory.Configure(options, invocation, _data);
        await PlexAuthBackup.CreateAsync(options, invocation.Value(_file)!, cancellationToken);
        invocation.Output.Say($"Saved. Restoring needs {options.KeyFile ?? Path.Combine(options.DataDirectory!, "plexauth.keys")} as well: keep a copy of it, apart from the backup.");
    }
}
