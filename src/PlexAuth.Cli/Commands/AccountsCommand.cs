using System.CommandLine;
using PlexAuth.Cli.Commands.Operation;

namespace PlexAuth.Cli.Commands;

internal sealed class AccountsCommand : Command
{
    public AccountsCommand(Tool tool)
        : base("accounts", "Accounts of a server on this machine, or with --account-url of one that you own.")
    {
        foreach (var command in (Command[])
            [
                new AddAccountCommand(tool), new ListAccountsCommand(tool), new ShowAccountCommand(tool), DisableAccountCommand.Disable(tool), DisableAccountCommand.Enable(tool),
                new ResetPasswordCommand(tool), new ImportAccountsCommand(tool), new ExportAccountsCommand(tool),
            ])
        {
            Subcommands.Add(command);
        }
    }
}

internal sealed class DevicesCommand : Command
{
    public DevicesCommand(Tool tool)
        : base("devices", "Devices that are signed in to the accounts of a server on this machine, or with --account-url of one that you own.")
    {
        Subcommands.Add(new ListDevicesCommand(tool));
        Subcommands.Add(new RemoveDeviceCommand(tool));
    }
}
