using System.CommandLine;

namespace PlexAuth.Cli.Commands.Servers;

internal sealed class ConnectCommand : ToolCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The server's name or machine identifier" };
    private readonly Option<bool> _explain = Flag("--explain", "Show every address that was considered, and why it was not taken");
    private readonly ServerOptions _options = new();

    public ConnectCommand(Tool tool)
        : base(
            tool,
            "connect",
            "Find the best address of a media server, and print it.",
            "plexauth connect \"Living Room\"",
            "plexauth connect Attic --explain",
            "plexauth connect Attic --address https://attic.example.com --json | jq -r .uri")
    {
        Arguments.Add(_name);
        Options.Add(_explain);
        _options.AddTo(this);
    }

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        connection.RequireToken();
        var policy = _options.Policy(invocation);
        var server = Find(await connection.Client.Resources.ListAsync(cancellationToken: cancellationToken), invocation.Value(_name)!);
        try
        {
            await using var connected = await connection.Client.Resources.ConnectAsync(server, policy, cancellationToken);
            Answer(invocation, ServerAnswers.From(server, connected.Attempts));
        }
        catch (PlexConnectException exception) when (invocation.Value(_explain) || invocation.Output.Json)
        {
            Answer(invocation, ServerAnswers.From(server, exception.Attempts));
            throw;
        }
    }

    private void Answer(Invocation invocation, ServerAnswer answer) =>
        invocation.Output.Data(answer, Answers.Default.ServerAnswer, server => invocation.Value(_explain) ? ServerAnswers.Explain(server) : [server.Uri!.AbsoluteUri.TrimEnd('/')]);

    private static PlexResource Find(IReadOnlyList<PlexResource> resources, string name)
    {
        var servers = resources.Where(one => one.IsServer).ToList();
        var found = servers.Where(one => one.ClientIdentifier == name || one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new ToolException($"This account has no server '{name}'. It has: {string.Join(", ", servers.Select(one => one.Name).DefaultIfEmpty("none"))}."),
            _ => throw new ToolException($"{found.Count} servers are called '{name}'. Give one's identifier: {string.Join(", ", found.Select(one => one.ClientIdentifier))}."),
        };
    }
}
