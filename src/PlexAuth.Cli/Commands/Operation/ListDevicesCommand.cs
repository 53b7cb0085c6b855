using System.CommandLine;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class ListDevicesCommand : OperatorCommand
{
    private readonly Argument<string> _account = AccountArgument();

    public ListDevicesCommand(Tool tool)
        : base(tool, "list", "List the devices that are signed in to an account.", changes: false, "plexauth devices list alice") => Arguments.Add(_account);

    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken)
    {
        var account = await FindAsync(accounts, invocation.Value(_account)!, cancellationToken);
        var answer = new DeviceListAnswer(
        [
            .. (await accounts.ListDevicesAsync(account.Id, cancellationToken)).Select(device =>
                new DeviceAnswer(device.Id, device.Name, device.ClientIdentifier, device.Product, device.Platform, device.Address, device.CreatedAt, device.LastSeenAt)),
        ]);
        invocation.Output.Data(answer, Answers.Default.DeviceListAnswer, list => Table.Of([
            ["ID", "NAME", "PRODUCT", "ADDRESS", "LAST SEEN"],
            .. list.Devices.Select(device => (string[])[$"{device.Id}", device.Name, device.Product ?? "", device.Address ?? "", Table.Minute(device.LastSeenAt)]),
        ]));
    }
}
