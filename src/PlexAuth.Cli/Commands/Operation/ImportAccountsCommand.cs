using System.CommandLine;
using System.Text.Json;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Cli.Input;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class ImportAccountsCommand : OperatorCommand
{
    private const string Unowned =
        "The file names no owner of the media server, so nobody owns it yet, and whoever has an account can claim it from nearby. "
        + "Once it runs, claim it: GET /api/claim/token with your token, then POST /myplex/claim?token=... from the same machine or network.";

    private static readonly string[] Members = ["format", "version", "accounts"];

    private readonly Argument<string> _file = new("file") { Description = "What 'accounts export' wrote; - for standard input", HelpName = "file" };

    public ImportAccountsCommand(Tool tool)
        : base(tool, "import", "Take accounts in. Those that are there already stay as they are.", changes: true, "plexauth accounts import accounts.json --data /srv/plexauth") => Arguments.Add(_file);

    protected override bool MayCreate => true;

    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken)
    {
        var results = await accounts.ImportAsync(await ReadAsync(invocation, invocation.Value(_file)!, cancellationToken), cancellationToken);
        var answer = new ImportAnswer([.. results.Select(result => new ImportedAnswer(result.Username, result.Imported, result.PasswordKept, result.Reason, result.OwnsServer))]);
        invocation.Output.Data(answer, Answers.Default.ImportAnswer, all => [.. all.Accounts.Select(Describe)]);
        if (await NobodyOwnsAsync(accounts, results, cancellationToken))
            invocation.Output.Warn(Unowned);
    }

    private static async Task<bool> NobodyOwnsAsync(IAdministration accounts, IReadOnlyList<PlexAuthImportedAccount> results, CancellationToken cancellationToken)
    {
        var imported = results.Count(result => result.Imported);
        return imported > 0 && !results.Any(result => result.OwnsServer) && (await accounts.ListAsync(cancellationToken)).Count == imported;
    }

    private static async Task<PlexAuthAccountFile> ReadAsync(Invocation invocation, string file, CancellationToken cancellationToken)
    {
        try
        {
            var text = await Blocking.ReadAsync(() => file == "-" ? invocation.Terminal.In.ReadToEnd() : File.ReadAllText(file), cancellationToken);
            var json = JsonElement.Parse(text);
            // Else any object would pass for a file without accounts.
            if (json.ValueKind != JsonValueKind.Object || !Members.All(name => json.TryGetProperty(name, out _)))
                throw new JsonException();
            return json.Deserialize(Answers.Default.PlexAuthAccountFile)!;
        }
        catch (JsonException)
        {
            throw new ToolException($"\"{file}\" is no file of accounts. Give it what 'plexauth accounts export' wrote.");
        }
    }

    private static string Describe(ImportedAnswer account) =>
        !account.Imported ? $"{account.Username}: left out. {account.Reason}"
        : account.PasswordKept ? $"{account.Username}: taken in{Role(account)}, and signs in as before."
        : $"{account.Username}: taken in{Role(account)} without a password. Give it one with: plexauth accounts reset-password {account.Username}";

    private static string Role(ImportedAnswer account) => account.OwnsServer ? " as the media server's owner" : "";
}
