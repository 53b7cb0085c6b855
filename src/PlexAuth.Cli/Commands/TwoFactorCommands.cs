using System.CommandLine;
using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Commands;

internal sealed class TwoFactorCommand : Command
{
    public TwoFactorCommand(Tool tool)
        : base("two-factor", "The second factor of the account you are signed in to, on a PlexAuth server.")
    {
        foreach (var command in (Command[])[new EnableTwoFactorCommand(tool), new DisableTwoFactorCommand(tool), new BackupCodesCommand(tool)])
            Subcommands.Add(command);
    }
}

// What each of them asks for.
internal abstract class TwoFactorToolCommand : ToolCommand
{
    private readonly Option<bool> _passwordStdin = Flag("--password-stdin", "Read the password from the first line of standard input");
    private readonly Option<bool> _codeStdin = Flag("--verification-code-stdin", "Read the verification code from the (next) line of standard input");

    protected TwoFactorToolCommand(Tool tool, string name, string description, params string[] examples)
        : base(tool, name, description, examples)
    {
        Options.Add(_passwordStdin);
        Options.Add(_codeStdin);
    }

    protected abstract Task RunAsync(Invocation invocation, PlexTwoFactorClient twoFactor, string password, CancellationToken cancellationToken);

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        connection.RequireToken();
        var password = await Secret.Password.FindAsync(invocation.Terminal, invocation.Value(_passwordStdin), cancellationToken)
            ?? (invocation.Prompt.Possible ? await invocation.Prompt.AskHiddenAsync("Password: ", cancellationToken) : throw Secret.Password.Missing());
        await RunAsync(invocation, connection.Client.TwoFactor, password, cancellationToken);
    }

    protected async Task<string> CodeAsync(Invocation invocation, CancellationToken cancellationToken) =>
        await Secret.VerificationCode.FindAsync(invocation.Terminal, invocation.Value(_codeStdin), cancellationToken)
        ?? (invocation.Prompt.Possible ? await invocation.Prompt.AskAsync("Verification code: ", cancellationToken) : throw Secret.VerificationCode.Missing());

    protected static void Show(Invocation invocation, IReadOnlyList<PlexSecret> codes)
    {
        invocation.Output.Say("Backup codes. Each signs you in once without the authenticator. They are not shown again: keep them where the authenticator is not.");
        invocation.Output.Data(
            new BackupCodesAnswer([.. codes.Select(code => code.Reveal())]), Answers.Default.BackupCodesAnswer, answer => [.. answer.BackupCodes.Select(code => $"  {code}")]);
    }
}

internal sealed class EnableTwoFactorCommand(Tool tool) : TwoFactorToolCommand(
    tool, "enable", "Turn the second factor on: scan a QR code, then enter a first code.", "plexauth two-factor enable")
{
    protected override async Task RunAsync(Invocation invocation, PlexTwoFactorClient twoFactor, string password, CancellationToken cancellationToken)
    {
        var begun = await twoFactor.BeginAsync(password, cancellationToken: cancellationToken);
        invocation.Output.Say($"Scan this with your authenticator app, or type the key {begun.Secret.Reveal()} into it.");
        invocation.Output.Draw(begun.Address.Reveal());
        Show(invocation, await twoFactor.ConfirmAsync(await CodeAsync(invocation, cancellationToken), cancellationToken: cancellationToken));
    }
}

internal sealed class DisableTwoFactorCommand(Tool tool) : TwoFactorToolCommand(
    tool, "disable", "Turn the second factor off; its backup codes are worth nothing from then on.", "plexauth two-factor disable")
{
    protected override async Task RunAsync(Invocation invocation, PlexTwoFactorClient twoFactor, string password, CancellationToken cancellationToken)
    {
        await twoFactor.DisableAsync(password, await CodeAsync(invocation, cancellationToken), cancellationToken: cancellationToken);
        invocation.Output.Data(new TwoFactorAnswer(Enabled: false), Answers.Default.TwoFactorAnswer, _ => "The second factor is off.");
    }
}

internal sealed class BackupCodesCommand(Tool tool) : TwoFactorToolCommand(
    tool, "backup-codes", "Get ten new backup codes; the former ones no longer work.", "plexauth two-factor backup-codes")
{
    protected override async Task RunAsync(Invocation invocation, PlexTwoFactorClient twoFactor, string password, CancellationToken cancellationToken) =>
        Show(invocation, await twoFactor.CreateBackupCodesAsync(password, await CodeAsync(invocation, cancellationToken), cancellationToken: cancellationToken));
}
