namespace PlexAuth.Cli.Commands;

internal sealed class WhoAmICommand(Tool tool) : ToolCommand(
    tool,
    "whoami",
    "Show the account that the token in use belongs to, as the account service knows it.",
    "plexauth whoami",
    "plexauth whoami --json | jq -r .email",
    "PLEX_TOKEN_FILE=/run/secrets/token plexauth whoami")
{
    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        connection.RequireToken();
        var account = await connection.Client.Authentication.GetTokenDetailsAsync(cancellationToken: cancellationToken);
        invocation.Output.Data(AccountAnswers.From(account, connection), Answers.Default.AccountAnswer, Describe);
    }

    private static IReadOnlyList<string> Describe(AccountAnswer account) =>
    [
        AccountAnswers.NameOf(account),
        $"  Plex Pass   {(account.PlexPass ? "yes" : "no")}",
        $"  Home        {(account.HomeAdmin ? "admin" : account.Home ? "member" : "no")}{(account.Restricted ? ", managed" : "")}",
        $"  Two-factor  {(account.TwoFactorEnabled ? "on" : "off")}",
        $"  Service     {account.AccountUrl}",
    ];
}
