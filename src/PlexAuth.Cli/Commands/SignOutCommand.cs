namespace PlexAuth.Cli.Commands;

internal sealed class SignOutCommand(Tool tool) : ToolCommand(
    tool,
    "signout",
    "Have the account service revoke the token in use, and forget it here.",
    "plexauth signout")
{
    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        connection.RequireToken();
        var revoked = await RevokeAsync(connection, cancellationToken);
        var origin = connection.TokenIsGiven ? null : await ForgetAsync(invocation, cancellationToken);

        invocation.Output.Data(new SignOutAnswer(revoked), Answers.Default.SignOutAnswer, _ => revoked
            ? "Signed out: the token is revoked."
            : "The token was no longer valid; it is forgotten.");
        if (origin is not null)
            invocation.Output.Say($"You are {origin.Account ?? "yourself"} again, who had switched to somebody else of the Home.");
        if (connection.TokenIsGiven)
            invocation.Output.Say("That was the token of PLEX_TOKEN. A kept sign-in, if there is one, was left alone.");
    }

    // Where the profile had switched within a Home, its own sign-in comes back: it was not what was signed out.
    private static async Task<PlexSession?> ForgetAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var origin = await invocation.Profiles.RestoreAsync(invocation.Profile, cancellationToken);
        if (origin is null)
            await invocation.SaveAsync(null, cancellationToken);
        return origin;
    }

    private static async Task<bool> RevokeAsync(Connection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Client.Authentication.SignOutAsync(cancellationToken: cancellationToken);
            return true;
        }
        catch (PlexUnauthorizedException)
        {
            return false;
        }
    }
}
