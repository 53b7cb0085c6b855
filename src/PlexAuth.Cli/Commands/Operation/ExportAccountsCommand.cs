using System.Text.Json;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class ExportAccountsCommand(Tool tool) : OperatorCommand(
    tool,
    "export",
    "Write all accounts as JSON. Passwords and second factors are encrypted: they open only on a server with the same key file.",
    changes: true,
    "plexauth accounts export > accounts.json")
{
    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken) =>
        invocation.Output.Data(await accounts.ExportAsync(cancellationToken), Answers.Default.PlexAuthAccountFile, file => JsonSerializer.Serialize(file, Answers.Default.PlexAuthAccountFile));
}
