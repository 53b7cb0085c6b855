using PlexAuth.Cli.Commands.Servers;

namespace PlexAuth.Cli.Commands.Doctor;

internal sealed class DoctorCommand : ToolCommand
{
    private readonly ServerOptions _options = new();

    public DoctorCommand(Tool tool)
        : base(
            tool,
            "doctor",
            "Check what signing in and reaching servers depends on, and say what to do.",
            "plexauth doctor",
            "plexauth doctor --json | jq '.checks[] | select(.status == \"fail\")'") =>
        _options.AddTo(this);

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var connection = await invocation.ConnectAsync(cancellationToken);
        var checks = new List<CheckAnswer> { new("ok", "client identifier", $"{connection.Identity.ClientIdentifier}: one device on the account as long as it is kept") };
        checks.AddRange(await new ServiceChecks(connection).RunAsync(cancellationToken));
        checks.AddRange(await TokenAndServersAsync(connection, _options.Policy(invocation), cancellationToken));

        invocation.Output.Data(new DoctorAnswer(checks), Answers.Default.DoctorAnswer, answer => Table.Of([.. answer.Checks.Select(check => (string[])[check.Status, check.Check, check.Detail])]));
        if (checks.Count(check => check.Status == "fail") is > 0 and var failed)
            throw new ToolException($"{failed} of {checks.Count} checks failed.");
    }

    private static async Task<IReadOnlyList<CheckAnswer>> TokenAndServersAsync(Connection connection, PlexConnectPolicy policy, CancellationToken cancellationToken)
    {
        if (!connection.HasToken)
            return [new("fail", "token", "there is none for this account service. Sign in with: plexauth signin")];

        var status = await connection.Client.Authentication.VerifyAsync(cancellationToken: cancellationToken);
        if (status != PlexTokenStatus.Valid)
            return [new("fail", "token", AdviceFor(status))];

        var resources = await connection.Client.Resources.ListAsync(cancellationToken: cancellationToken);
        var servers = await Task.WhenAll(resources.Where(one => one.IsServer).Select(one => ServerAnswers.ReachAsync(connection.Client, one, policy, cancellationToken)));
        return [new("ok", "token", "valid"), .. servers.SelectMany(Describe)];
    }

    private static IEnumerable<CheckAnswer> Describe(ServerAnswer server)
    {
        yield return server.Uri is not null
            ? new("ok", server.Name, ServerAnswers.Network(server))
            : new("fail", server.Name, server.Attempts.Count == 0 ? "no address: it is off, or not in touch with the account service" : "no address works, for the reasons below");
        foreach (var attempt in server.Attempts.Where(one => one.Uri != server.Uri))
            yield return new("info", server.Name, $"{attempt.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/')}: {attempt.Reason}");
    }

    private static string AdviceFor(PlexTokenStatus status) => status switch
    {
        PlexTokenStatus.Invalid => "it was revoked, or was never good here. Sign in with: plexauth signin",
        PlexTokenStatus.Expired => "it has expired. Sign in with: plexauth signin",
        PlexTokenStatus.RateLimited => "too many calls. Wait a while and try again; keep the token",
        PlexTokenStatus.Unreachable => "the account service cannot be reached. Keep the token, mend the network first",
        _ => "the account service fails. Keep the token and try again later",
    };
}
