namespace PlexAuth.Cli.Commands.Home;

internal sealed class HomeListCommand(Tool tool) : ToolCommand(
    tool,
    "list",
    "List the people of the account's Home.",
    "plexauth home list",
    "plexauth home list --json | jq -r '.users[] | select(.protected) | .title'")
{
    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        connection.RequireToken();
        var home = await connection.Client.Home.ListAsync(cancellationToken: cancellationToken);
        var answer = new HomeAnswer(home.Id, home.Name, [.. home.Users.Select(user => new HomeUserAnswer(user.Id, user.Uuid, user.Title, user.Admin, user.Restricted, user.Guest, user.Protected))]);
        invocation.Output.Data(answer, Answers.Default.HomeAnswer, Describe);
    }

    private static IReadOnlyList<string> Describe(HomeAnswer home) =>
        Table.Of([["NAME", "PIN", "ROLE"], .. home.Users.Select(user => (string[])[user.Title, user.Protected ? "yes" : "no", RoleOf(user)])]);

    private static string RoleOf(HomeUserAnswer user) => user.Admin ? "admin" : user.Guest ? "guest" : user.Restricted ? "managed" : "member";
}
