using System.CommandLine;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Commands.Operation;

internal sealed class AddAccountCommand : OperatorCommand
{
    private readonly Option<string> _username = new("--username") { Description = "The account's name", HelpName = "name", Required = true };
    private readonly Option<string> _email = new("--email") { Description = "Its e-mail address", HelpName = "address", Required = true };
    private readonly Option<bool> _passwordStdin = Flag("--password-stdin", "Read the password from the first line of standard input");

    public AddAccountCommand(Tool tool)
        : base(
            tool,
            "add",
            "Add an account to a server. The first one owns the server.",
            changes: true,
            "plexauth accounts add --username alice --email alice@example.com",
            "pass show plex | plexauth accounts add --username bob --email bob@example.com --password-stdin --data /srv/plexauth")
    {
        foreach (var option in (Option[])[_username, _email, _passwordStdin])
            Options.Add(option);
    }

    protected override bool MayCreate => true;

    protected override async Task RunAsync(Invocation invocation, IAdministration accounts, CancellationToken cancellationToken)
    {
        var password = await NewPassword.ReadAsync(invocation, invocation.Value(_passwordStdin), cancellationToken);
        var account = await accounts.CreateAsync(invocation.Value(_username)!, invocation.Value(_email)!, password, cancellationToken);

        var answer = new NewAccountAnswer(account.Id, account.Uuid, account.Username, account.Email, account.OwnsServer);
        invocation.Output.Data(answer, Answers.Default.NewAccountAnswer, Describe);
    }

    private static string Describe(NewAccountAnswer account) =>
        $"Added {account.Username} ({account.Email}){(account.Owner ? ", who owns the server" : "")}.";
}
