using System.CommandLine;
using System.Globalization;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Cli.Input;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class AuditCommand : OperatorCommand
{
    private const int MostDays = 366;
    private const int MostEvents = 100_000;

    private readonly Option<string> _account = new("--account") { Description = "Only what happened to this account", HelpName = "account" };
    private readonly Option<int?> _days = new("--days") { Description = "How far back. Default: 30", HelpName = "days", CustomParser = WholeNumber.From(0, MostDays) };
    private readonly Option<int?> _limit = new("--limit") { Description = "How many at most, the latest first. Default: 100", HelpName = "number", CustomParser = WholeNumber.From(1, MostEvents) };

    public AuditCommand(Tool tool)
        : base(tool, "audit", "Show what was done to a server's accounts, by whom and from where.", changes: false, "plexauth audit", "plexauth audit --account alice --days 7 --json")
    {
        foreach (var option in (Option[])[_account, _days, _limit])
            Options.Add(option);
    }

    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken)
    {
        var account = invocation.Value(_account) is { } login ? await FindAsync(accounts, login, cancellationToken) : null;
        var since = TimeProvider.System.GetUtcNow().AddDays(-(invocation.Value(_days) ?? 30));
        var events = await accounts.ReadAuditAsync(account?.Id, since, invocation.Value(_limit) ?? 100, cancellationToken);
        var answer = new AuditAnswer([.. events.Select(one => new AuditEntryAnswer(
            one.At, one.Kind, one.AccountId, one.Username, one.Actor, one.ClientIdentifier, one.Address, one.Subject, one.Code))]);
        invocation.Output.Data(answer, Answers.Default.AuditAnswer, list => Table.Of([
            ["WHEN (UTC)", "WHAT", "ACCOUNT", "BY", "CLIENT", "FROM"],
            .. list.Events.Select(one => (string[])[Table.Minute(one.At), What(one), Account(one), one.Actor, one.Subject ?? one.ClientIdentifier ?? "", one.Address ?? ""]),
        ]));
    }

    // Managed users have no username.
    private static string Account(AuditEntryAnswer one) => one.Username ?? (one.AccountId is { } id ? string.Create(CultureInfo.InvariantCulture, $"#{id}") : "");

    private static string What(AuditEntryAnswer one) => one.Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"{one.Kind} ({code})") : one.Kind;
}
