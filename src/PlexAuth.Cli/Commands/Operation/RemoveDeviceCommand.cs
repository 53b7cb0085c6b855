using System.CommandLine;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Cli.Input;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class RemoveDeviceCommand : OperatorCommand
{
    private readonly Argument<string> _account = AccountArgument();
    private readonly Argument<long?> _id = new("id")
    {
        Description = "The device's number, from 'devices list'",
        HelpName = "id",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = WholeNumber.From(1L),
    };

    private readonly Option<bool> _all = Flag("--all", "Remove all the account's devices");

    public RemoveDeviceCommand(Tool tool)
        : base(tool, "remove", "Sign a device out of an account.", changes: true, "plexauth devices remove alice 12", "plexauth devices remove alice --all")
    {
        Arguments.Add(_account);
        Arguments.Add(_id);
        Options.Add(_all);
    }

    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken)
    {
        var (id, all) = (invocation.Value(_id), invocation.Value(_all));
        if (id is null != all)
            throw ToolException.Usage("Name one device by its number, or all of them with --all.");
        var account = await FindAsync(accounts, invocation.Value(_account)!, cancellationToken);
        var removed = id is { } one ? await accounts.RemoveDeviceAsync(account.Id, one, cancellationToken) ? 1 : 0 : await accounts.RemoveDevicesAsync(account.Id, cancellationToken);
        if (id is not null && removed == 0)
            throw new ToolException($"{account.Username} has no device {id}. See: plexauth devices list {account.Username}");
        invocation.Output.Data(new RemovedDevicesAnswer(removed), Answers.Default.RemovedDevicesAnswer, answer => answer.Removed == 1 ? "Signed 1 device out." : $"Signed {answer.Removed} devices out.");
    }
}
