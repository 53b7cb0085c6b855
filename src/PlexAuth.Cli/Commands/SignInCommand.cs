using System.CommandLine;
using PlexAuth.Cli.Input;
using PlexAuth.Cli.Sessions;

namespace PlexAuth.Cli.Commands;

internal sealed class SignInCommand : ToolCommand
{
    private const int MostQuestions = 3;

    private readonly Option<string> _login = new("--login") { Description = "E-mail address or username. Default: PLEX_LOGIN, else asked for", HelpName = "login" };
    private readonly Option<bool> _password = Flag("--password", "Sign in with login and password. They are asked for; this takes no value");
    private readonly Option<bool> _passwordStdin = Flag("--password-stdin", "Read the password from the first line of standard input");
    private readonly Option<bool> _codeStdin = Flag("--verification-code-stdin", "Read the verification code from the (next) line of standard input");
    private readonly Option<bool> _deviceKey = Flag("--device-key", "Make and register a key that fetches a token of seven days, again and again");
    private readonly Option<bool> _rememberMe = Flag("--remember-me", "Ask the account service to remember this sign-in for longer");

    public SignInCommand(Tool tool)
        : base(
            tool,
            "signin",
            "Sign in and keep the account's token in a file that only you can read.",
            "plexauth signin",
            "pass show plex | plexauth signin --login alice@example.com --password-stdin",
            "plexauth signin --device-key --profile work",
            "PLEX_PASSWORD_FILE=/run/secrets/plex plexauth signin --login alice --account-url http://127.0.0.1:32400")
    {
        foreach (var option in (Option[])[_login, _password, _passwordStdin, _codeStdin, _deviceKey, _rememberMe])
            Options.Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = invocation.ConnectToSignIn();
        var account = await SignInAsync(invocation, connection, cancellationToken);
        await KeepAsync(invocation, connection, account, cancellationToken);

        invocation.Output.Data(AccountAnswers.From(account, connection), Answers.Default.AccountAnswer, answer => $"Signed in as {AccountAnswers.NameOf(answer)}.");
        invocation.Output.Say($"Kept in {Path.Combine(invocation.Profiles.Directory, Profiles.FileNameOf(invocation.Profile))} (readable by you only).");
        if (invocation.Variables.Read("PLEX_TOKEN") is not null)
            invocation.Output.Warn("PLEX_TOKEN is set and wins over this sign-in. Unset it to use the account you just signed in to.");
    }

    private async Task KeepAsync(Invocation invocation, Connection connection, PlexAccount account, CancellationToken cancellationToken)
    {
        var session = new PlexSession(connection.AccountUrl, connection.Identity.ClientIdentifier) { Account = account.Username, Token = account.AuthToken };
        if (!invocation.Value(_deviceKey))
        {
            await invocation.SaveAsync(session, cancellationToken);
            return;
        }

        using var key = PlexSigningKey.Create();
        await DeviceKeys.RegisterAsync(invocation, connection, session, key, cancellationToken);
    }

    private async Task<PlexAccount> SignInAsync(Invocation invocation, Connection connection, CancellationToken cancellationToken)
    {
        var login = NotEmpty("login", await LoginAsync(invocation, cancellationToken));
        var password = NotEmpty("password", await PasswordAsync(invocation, cancellationToken));
        var code = Secret.VerificationCode.Find(invocation.Terminal, invocation.Value(_codeStdin));
        for (var asked = code is null && invocation.Prompt.Possible ? 0 : MostQuestions; ; asked++)
        {
            try
            {
                return await connection.Client.Authentication.SignInAsync(
                    login, password, code, invocation.Value(_rememberMe), cancellationToken: cancellationToken);
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

    private async Task<string> LoginAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if ((invocation.Value(_login) ?? invocation.Variables.Read("PLEX_LOGIN")) is { } login)
            return login;

        return invocation.Prompt.Possible
            ? await invocation.Prompt.AskAsync("E-mail or username: ", cancellationToken)
            : throw ToolException.Usage("There is no terminal to ask for the login on. Give it with --login or PLEX_LOGIN.");
    }

    private async Task<string> PasswordAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (Secret.Password.Find(invocation.Terminal, invocation.Value(_passwordStdin)) is { } password)
            return password;

        return invocation.Prompt.Possible
            ? await invocation.Prompt.AskHiddenAsync("Password: ", cancellationToken)
            : throw Secret.Password.Missing();
    }

    private static string NotEmpty(string name, string value) => value.Length > 0 ? value : throw ToolException.Usage($"The {name} is empty. Nothing was sent.");
}
