using System.CommandLine;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Cli.Input;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class ResetPasswordCommand : OperatorCommand
{
    private readonly Argument<string> _account = AccountArgument();
    private readonly Option<bool> _passwordStdin = Flag("--password-stdin", "Read the new password from the first line of standard input");
    private readonly Option<bool> _disableTwoFactor = Flag("--disable-two-factor", "Also turn the second factor off, for somebody who lost it and all backup codes");

    public ResetPasswordCommand(Tool tool)
        : base(
            tool,
            "reset-password",
            "Give an account a new password and sign all its devices out.",
            changes: true,
            "plexauth accounts reset-password alice",
            "openssl rand -base64 18 | plexauth accounts reset-password bob --password-stdin --data /srv/plexauth")
    {
        Arguments.Add(_account);
        Options.Add(_passwordStdin);
        Options.Add(_disableTwoFactor);
    }

    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken)
    {
        var account = await FindAsync(accounts, invocation.Value(_account)!, cancellationToken);
        var password = await NewPassword.ReadAsync(invocation, invocation.Value(_passwordStdin), cancellationToken);
        await accounts.ResetPasswordAsync(account.Id, password, invocation.Value(_disableTwoFactor), cancellationToken);
        invocation.Output.Data(OperatorAnswers.From(account), Answers.Default.AccountDetailsAnswer, one =>
            $"{OperatorAnswers.NameOf(one)} has a new password; all devices are signed out.");
    }
}
