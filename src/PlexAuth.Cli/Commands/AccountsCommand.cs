using System.CommandLine;

namespace PlexAuth.Cli.Commands;

internal sealed class AccountsCommand : Command
{
    public AccountsCommand(Tool tool)
        : base("accounts", "Accounts of a server on this machine.") =>
        Subcommands.Add(new AddAccountCommand(tool));
}
