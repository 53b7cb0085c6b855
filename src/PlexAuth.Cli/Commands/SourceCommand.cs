using System.CommandLine;

namespace PlexAuth.Cli.Commands;

internal sealed class SourceCommand : ToolCommand
{
    private readonly Argument<string> _source = new("source") { Description = "server://<machine identifier> or provider://<identifier>" };
    private readonly Option<bool> _refresh = Flag("--refresh", "Have the media server look the source up again");
    private readonly Option<bool> _showToken = Flag("--show-token", "Include the source's access token, a secret");

    public SourceCommand(Tool tool)
        : base(
            tool,
            "source",
            "Show how to reach another source through the media server of --server-url, as its owner.",
            "plexauth source server://0123456789abcdef0123456789abcdef01234567 --server-url http://127.0.0.1:32400",
            "plexauth source provider://tv.plex.provider.podcasts --json | jq -r '.connections[].uri'")
    {
        Arguments.Add(_source);
        Options.Add(_refresh);
        Options.Add(_showToken);
    }

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        connection.RequireToken();
        connection.RequireServer();
        var source = await AskAsync(connection, invocation, cancellationToken);
        var token = invocation.Value(_showToken) ? source.AccessToken?.Reveal() : null;
        var answer = new SourceAnswer(source.Name, source.ClientIdentifier, token, [.. source.Connections.Select(ToAnswer)]);
        invocation.Output.Data(answer, Answers.Default.SourceAnswer, Describe);
    }

    private async Task<PlexSourceConnection> AskAsync(Connection connection, Invocation invocation, CancellationToken cancellationToken)
    {
        var name = invocation.Value(_source)!;
        try
        {
            return await connection.Client.Authentication.GetSourceConnectionInformationAsync(name, invocation.Value(_refresh), cancellationToken: cancellationToken);
        }
        catch (PlexBadRequestException)
        {
            throw new ToolException($"The media server knows no source '{name}'. Write server:// or provider:// and the identifier of one that it knows.");
        }
    }

    private static ConnectionAnswer ToAnswer(PlexConnection connection) =>
        new(connection.Protocol, connection.Address, connection.Port, connection.Uri, connection.Local, connection.Relay);

    private static IReadOnlyList<string> Describe(SourceAnswer source) =>
    [
        $"{source.Name ?? source.ClientIdentifier} ({source.ClientIdentifier})",
        .. source.AccessToken is null ? [] : (string[])[$"access token {source.AccessToken}"],
        .. Table.Of([["URI", "NETWORK"], .. source.Connections.Select(one => (string[])[one.Uri?.OriginalString ?? "", one.Relay ? "relay" : one.Local ? "local" : "remote"])]),
    ];
}
