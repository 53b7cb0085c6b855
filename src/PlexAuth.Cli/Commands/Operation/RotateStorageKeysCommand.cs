using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class RotateStorageKeysCommand(Tool tool) : OperatorCommand(
    tool,
    "rotate-storage",
    "Make a new key for what a server keeps encrypted, and encrypt it anew. Former keys stay in the key file, for backups.",
    "plexauth keys rotate-storage --data /srv/plexauth")
{
    protected override async Task RunAsync(Invocation invocation, PlexAuthAccounts accounts, CancellationToken cancellationToken)
    {
        var count = await accounts.RotateKeysAsync(cancellationToken);
        invocation.Output.Data(new RotatedKeysAnswer(count), Answers.Default.RotatedKeysAnswer, answer => $"A new key is in use; {answer.EncryptedAnew} values were encrypted anew. Back the key file up with the database.");
    }
}
