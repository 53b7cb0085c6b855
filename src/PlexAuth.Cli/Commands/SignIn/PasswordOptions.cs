using System.CommandLine;

namespace PlexAuth.Cli.Commands.SignIn;

// What says that a password is to be used, and which.
internal sealed class PasswordOptions
{
    private readonly Option<bool> _password = Flag("--password", "Sign in with login and password. They are asked for; this takes no value");

    public Option<string> Login { get; } = new("--login")
    {
        Description = "E-mail address or username, to sign in with a password. Default: PLEX_LOGIN, else asked for",
        HelpName = "login",
    };

    public Option<bool> PasswordStdin { get; } = Flag("--password-stdin", "Read the password from the first line of standard input");

    public Option<bool> CodeStdin { get; } = Flag("--verification-code-stdin", "Read the verification code from the (next) line of standard input");

    public Option<bool> RememberMe { get; } = Flag("--remember-me", "Ask the account service to remember a sign-in with a password for longer");

    public IReadOnlyList<Option> All => [_password, Login, PasswordStdin, CodeStdin, RememberMe];

    public bool AreUsed(Invocation invocation) =>
        new[] { _password, PasswordStdin, CodeStdin, RememberMe }.Any(invocation.Value)
        || invocation.Value(Login) is not null
        || invocation.Variables.Read("PLEX_LOGIN") is not null
        || invocation.Variables.Read("PLEX_PASSWORD") is not null;

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };
}
