namespace PlexAuth.Cli.Commands.Servers;

internal sealed class ServersCommand : ToolCommand
{
    private readonly ServerOptions _options = new();

    public ServersCommand(Tool tool)
        : base(
            tool,
            "servers",
            "List the media servers of the account, and how each is reached from here.",
            "plexauth servers",
            "plexauth servers --json | jq -r '.servers[] | select(.uri) | .name'") =>
        _options.AddTo(this);

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        connection.RequireToken();
        var policy = _options.Policy(invocation);
        var resources = await connection.Client.Resources.ListAsync(cancellationToken: cancellationToken);
        var servers = await Task.WhenAll(
            resources.Where(one => one.IsServer).Select(one => ServerAnswers.ReachAsync(connection.Client, one, policy, cancellationToken)));

        invocation.Output.Data(new ServersAnswer(servers), Answers.Default.ServersAnswer, Describe);
    }

    private static IReadOnlyList<string> Describe(ServersAnswer answer) => answer.Servers.Count == 0
        ? ["This account has no media server, and none is shared with it."]
        : Table.Of([["NAME", "OWNED", "TOOK", "REACHABLE OVER"], .. answer.Servers.Select(Row)]);

    private static string[] Row(ServerAnswer server) =>
        [server.Name, server.Owned ? "yes" : "no", ServerAnswers.Took(server.Attempts.FirstOrDefault(one => one.Uri == server.Uri)), ServerAnswers.Network(server)];
}
