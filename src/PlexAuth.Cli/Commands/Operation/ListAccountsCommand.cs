using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class ListAccountsCommand(Tool tool) : OperatorCommand(tool, "list", "List the accounts.", changes: false, "plexauth accounts list", "plexauth accounts list --json | jq -r '.accounts[].email'", "plexauth accounts list --account-url https://plex.example.com")
{
    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken)
    {
        var answer = new AccountListAnswer([.. (await accounts.ListAsync(cancellationToken)).Select(OperatorAnswers.From)]);
        invocation.Output.Data(answer, Answers.Default.AccountListAnswer, list => Table.Of([
            ["ID", "USERNAME", "E-MAIL", "JOINED", "STATE"],
            .. list.Accounts.Select(account => (string[])
                [$"{account.Id}", account.Managed ? account.Title : account.Username, account.Email, Table.Day(account.JoinedAt), OperatorAnswers.StateOf(account)]),
        ]));
    }
}
