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
        if (!connection.TokenIsGiven)
            await invocation.SaveAsync(null, cancellationToken);

        invocation.Output.Data(new SignOutAnswer(revoked), Answers.Default.SignOutAnswer, _ => revoked
            ? "Signed out: the token is revoked."
            : "The token was no longer valid; it is forgotten.");
        if (connection.TokenIsGiven)
            invocation.Output.Say("That was the token of PLEX_TOKEN. A kept sign-in, if there is one, was left alone.");
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
