using System.CommandLine;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

// Both ways: disable and enable.
internal sealed class DisableAccountCommand : OperatorCommand
{
    private readonly Argument<string> _account = AccountArgument();
    private readonly bool _disabled;

    private DisableAccountCommand(Tool tool, string name, string description, bool disabled)
        : base(tool, name, description, changes: true, $"plexauth accounts {name} bob")
    {
        _disabled = disabled;
        Arguments.Add(_account);
    }

    public static DisableAccountCommand Disable(Tool tool) => new(tool, "disable", "Refuse an account's sign-ins and tokens from now on.", disabled: true);

    public static DisableAccountCommand Enable(Tool tool) => new(tool, "enable", "Let a disabled account in again.", disabled: false);

    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken)
    {
        var account = await FindAsync(accounts, invocation.Value(_account)!, cancellationToken);
        await accounts.SetDisabledAsync(account.Id, _disabled, cancellationToken);
        invocation.Output.Data(OperatorAnswers.From(account with { Disabled = _disabled }), Answers.Default.AccountDetailsAnswer, one =>
            one.Disabled ? $"{OperatorAnswers.NameOf(one)} may not sign in any more, and is signed out." : $"{OperatorAnswers.NameOf(one)} may sign in again.");
    }
}
