using System.Globalization;

namespace PlexAuth.Cli.Commands.Servers;

internal static class ServerAnswers
{
    public static async Task<ServerAnswer> ReachAsync(PlexClient plex, PlexResource server, PlexConnectPolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await plex.Resources.ConnectAsync(server, policy, cancellationToken);
            return From(server, connection.Attempts);
        }
        catch (PlexConnectException exception)
        {
            return From(server, exception.Attempts);
        }
    }

    public static ServerAnswer From(PlexResource server, IReadOnlyList<PlexConnectAttempt> attempts) => new(
        server.Name,
        server.ClientIdentifier,
        server.Owned,
        server.SourceTitle,
        attempts.FirstOrDefault(attempt => attempt.Outcome == PlexConnectOutcome.Connected)?.Uri,
        [.. attempts.Select(From)]);

    public static string Network(ServerAnswer server) =>
        server.Attempts.FirstOrDefault(attempt => attempt.Outcome == nameof(PlexConnectOutcome.Connected)) is { } used
            ? $"{used.Uri.Scheme}, {used.Network} ({used.Uri.Authority})"
            : $"nothing: see `plexauth connect \"{server.Name}\" --explain`";

    public static string Took(AttemptAnswer? attempt) => attempt is { Milliseconds: > 0 } tried ? string.Create(CultureInfo.InvariantCulture, $"{tried.Milliseconds} ms") : "";

    public static IReadOnlyList<string> Explain(ServerAnswer server) => server.Attempts.Count == 0
        ? ["It has no address."]
        : Table.Of([
            ["ADDRESS", "NETWORK", "OUTCOME", "TOOK", "WHY"],
            .. server.Attempts.Select(one => (string[])[one.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/'), one.Network, one.Outcome, Took(one), one.Reason]),
        ]);

    private static AttemptAnswer From(PlexConnectAttempt attempt) => new(
        attempt.Uri,
        attempt.Connection switch { null => "given", { Relay: true } => "relay", { Local: true } => "local", _ => "remote" },
        attempt.Outcome.ToString(),
        ToolWords.For(attempt.Reason),
        (int)Math.Ceiling(attempt.Elapsed.TotalMilliseconds));
}
