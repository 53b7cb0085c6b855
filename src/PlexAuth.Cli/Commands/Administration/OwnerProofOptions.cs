using System.CommandLine;

namespace PlexAuth.Cli.Commands.Administration;

// How a command that changes something takes the owner's proof without a terminal.
internal sealed class OwnerProofOptions
{
    public Option<bool> PasswordStdin { get; } = new(Input.Secret.OwnerPassword.StandardInputOption)
    {
        Description = "With --account-url: read your own password from the (next) line of standard input",
        Arity = ArgumentArity.Zero,
    };

    public Option<bool> CodeStdin { get; } = new(Input.Secret.VerificationCode.StandardInputOption)
    {
        Description = "With --account-url: read your verification code from the (next) line of standard input",
        Arity = ArgumentArity.Zero,
    };

    public IReadOnlyList<Option> All => [PasswordStdin, CodeStdin];
}
