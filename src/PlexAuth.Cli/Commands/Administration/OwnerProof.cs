using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Commands.Administration;

// The owner's own password and verification code, asked for when they turn out to be needed.
internal sealed class OwnerProof(Invocation invocation, OwnerProofOptions options)
{
    public async Task<string> PasswordAsync(CancellationToken cancellationToken) =>
        await Secret.OwnerPassword.FindAsync(invocation.Terminal, invocation.Value(options.PasswordStdin), cancellationToken)
        ?? (invocation.Prompt.Possible ? await invocation.Prompt.AskHiddenAsync("Your own password: ", cancellationToken) : throw Secret.OwnerPassword.Missing());

    public async Task<string> CodeAsync(CancellationToken cancellationToken) =>
        await Secret.VerificationCode.FindAsync(invocation.Terminal, invocation.Value(options.CodeStdin), cancellationToken)
        ?? (invocation.Prompt.Possible ? await invocation.Prompt.AskAsync("Verification code: ", cancellationToken) : throw Secret.VerificationCode.Missing());
}
