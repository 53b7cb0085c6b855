using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Commands.SignIn;

// Signs in with login and password, and asks for what was not given.
internal sealed class PasswordSignIn(Invocation invocation, PasswordOptions options)
{
    private const int MostQuestions = 3;

    public async Task<PlexAccount> RunAsync(PlexAuthenticationClient authentication, CancellationToken cancellationToken)
    {
        var login = NotEmpty("login", await LoginAsync(cancellationToken));
        var password = NotEmpty("password", await PasswordAsync(cancellationToken));
        var code = await Secret.VerificationCode.FindAsync(invocation.Terminal, invocation.Value(options.CodeStdin), cancellationToken);
        for (var asked = code is null && invocation.Prompt.Possible ? 0 : MostQuestions; ; asked++)
        {
            try
            {
                return await authentication.SignInAsync(login, password, code, invocation.Value(options.RememberMe), cancellationToken: cancellationToken);
            }
            catch (PlexTwoFactorRequiredException exception) when (asked < MostQuestions)
            {
                if (exception is PlexVerificationCodeException)
                    invocation.Output.Warn("That code was not accepted. Wait for the next one.");
                code = NotEmpty("verification code", await invocation.Prompt.AskAsync("Verification code: ", cancellationToken));
            }
            catch (PlexTwoFactorRequiredException exception) when (code is null)
            {
                throw ToolException.SignInNeeded($"{exception.Message} Pipe the code in with --verification-code-stdin, or set PLEX_VERIFICATION_CODE.");
            }
        }
    }

    private async Task<string> LoginAsync(CancellationToken cancellationToken)
    {
        if ((invocation.Value(options.Login) ?? invocation.Variables.Read("PLEX_LOGIN")) is { } login)
            return login;

        return invocation.Prompt.Possible
            ? await invocation.Prompt.AskAsync("E-mail or username: ", cancellationToken)
            : throw ToolException.Usage("There is no terminal to ask for the login on. Give it with --login or PLEX_LOGIN.");
    }

    private async Task<string> PasswordAsync(CancellationToken cancellationToken)
    {
        if (await Secret.Password.FindAsync(invocation.Terminal, invocation.Value(options.PasswordStdin), cancellationToken) is { } password)
            return password;

        return invocation.Prompt.Possible
            ? await invocation.Prompt.AskHiddenAsync("Password: ", cancellationToken)
            : throw Secret.Password.Missing();
    }

    private static string NotEmpty(string name, string value) => value.Length > 0 ? value : throw ToolException.Usage($"The {name} is empty. Nothing was sent.");
}
