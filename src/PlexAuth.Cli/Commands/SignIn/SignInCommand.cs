using System.CommandLine;
using PlexAuth.Cli.Sessions;

namespace PlexAuth.Cli.Commands.SignIn;

internal sealed class SignInCommand : ToolCommand
{
    private readonly PasswordOptions _passwordOptions = new();
    private readonly Option<bool> _noBrowser = Flag("--no-browser", "Open no browser: show the code and the address, for another device");
    private readonly Option<bool> _deviceKey = Flag("--device-key", "Make and register a key that fetches a token of seven days, again and again");

    public SignInCommand(Tool tool)
        : base(
            tool,
            "signin",
            "Sign in, with a browser or with a password, and keep the account's token in a file that only you can read.",
            "plexauth signin",
            "plexauth signin --device-key --profile work",
            "plexauth signin --no-browser --json | tail -n 1 | jq -r .email",
            "pass show plex | plexauth signin --login alice@example.com --password-stdin",
            "PLEX_PASSWORD_FILE=/run/secrets/plex plexauth signin --login alice --account-url http://127.0.0.1:32400")
    {
        foreach (var option in (Option[])[_noBrowser, _deviceKey, .. _passwordOptions.All])
            Options.Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = invocation.ConnectToSignIn();
        await invocation.Profiles.RequireRoomAsync(invocation.Profile, cancellationToken);
        using var key = invocation.Value(_deviceKey) ? PlexSigningKey.Create() : null;
        var account = _passwordOptions.AreUsed(invocation)
            ? await WithPasswordAsync(invocation, connection, key, cancellationToken)
            : await WithPinAsync(invocation, connection, key, cancellationToken);

        invocation.Output.Data(AccountAnswers.From(account, connection), Answers.Default.AccountAnswer, answer => $"Signed in as {AccountAnswers.NameOf(answer)}.");
        invocation.Output.Say($"Kept in {Path.Combine(invocation.Profiles.Directory, Profiles.FileNameOf(invocation.Profile))} (readable by you only).");
        if (invocation.Variables.Read("PLEX_TOKEN") is not null)
            invocation.Output.Warn("PLEX_TOKEN is set and wins over this sign-in. Unset it to use the account you just signed in to.");
    }

    private async Task<PlexAccount> WithPasswordAsync(Invocation invocation, Connection connection, PlexSigningKey? key, CancellationToken cancellationToken)
    {
        var account = await new PasswordSignIn(invocation, _passwordOptions).RunAsync(connection.Client.Authentication, cancellationToken);
        var session = SessionOf(connection) with { Account = account.Username, Token = account.AuthToken };
        await KeepAsync(invocation, connection, key is null
            ? invocation.SaveAsync(session, cancellationToken)
            : DeviceKeys.RegisterAsync(invocation, connection, session, key, cancellationToken));
        return account;
    }

    private async Task<PlexAccount> WithPinAsync(Invocation invocation, Connection connection, PlexSigningKey? key, CancellationToken cancellationToken)
    {
        var token = await new PinSignIn(invocation, opensBrowser: !invocation.Value(_noBrowser)).RunAsync(connection.Client.Pins, key, cancellationToken);
        var session = SessionOf(connection) with { Token = token, ExpiresAt = DeviceKeys.ExpiryOf(token), DeviceKey = key };
        // What was allowed is kept even if the next call should fail.
        await KeepAsync(invocation, connection, invocation.SaveAsync(session, cancellationToken));
        var account = await connection.Client.Authentication.GetTokenDetailsAsync(cancellationToken: cancellationToken);
        await invocation.SaveAsync(session with { Account = account.Username }, cancellationToken);
        return account;
    }

    // A token that is kept nowhere would stay valid, and nobody know of it.
    private static async Task KeepAsync(Invocation invocation, Connection connection, Task keeping)
    {
        try
        {
            await keeping;
        }
        catch (Exception)
        {
            invocation.Output.Warn(await TryRevokeAsync(connection)
                ? "The sign-in could not be kept, so it was revoked again."
                : "The sign-in could neither be kept nor revoked: remove this device in the account's list of devices.");
            throw;
        }
    }

    private static async Task<bool> TryRevokeAsync(Connection connection)
    {
        try
        {
            // Whoever interrupts does not wait long for this.
            await connection.Client.Authentication.SignOutAsync(new PlexCallOptions { Retry = PlexRetry.None, Timeout = TimeSpan.FromSeconds(5) }, CancellationToken.None);
            return true;
        }
        catch (PlexException)
        {
            return false;
        }
    }

    private static PlexSession SessionOf(Connection connection) => new(connection.AccountUrl, connection.Identity.ClientIdentifier);
}
