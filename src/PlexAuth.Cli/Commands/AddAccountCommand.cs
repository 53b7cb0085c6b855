using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlexAuth.Cli.Input;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands;

internal sealed class AddAccountCommand : ToolCommand
{
    private readonly Option<string> _username = new("--username") { Description = "The account's name", HelpName = "name", Required = true };
    private readonly Option<string> _email = new("--email") { Description = "Its e-mail address", HelpName = "address", Required = true };
    private readonly Option<bool> _passwordStdin = Flag("--password-stdin", "Read the password from the first line of standard input");
    private readonly Option<string> _data = DataDirectory.Option();

    public AddAccountCommand(Tool tool)
        : base(
            tool,
            "add",
            "Add an account to a server's database. The first one owns the server.",
            "plexauth accounts add --username alice --email alice@example.com",
            "pass show plex | plexauth accounts add --username bob --email bob@example.com --password-stdin --data /srv/plexauth")
    {
        foreach (var option in (Option[])[_username, _email, _passwordStdin, _data])
            Options.Add(option);
    }

    public override bool Connects => false;

    protected override async Task RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var password = await NewPassword.ReadAsync(invocation, invocation.Value(_passwordStdin), cancellationToken);
        using var host = DataDirectory.BuildHost(invocation, _data);
        await host.StartAsync(cancellationToken);
        var account = await host.Services.GetRequiredService<PlexAuthAccounts>()
            .CreateAsync(invocation.Value(_username)!, invocation.Value(_email)!, password, cancellationToken);
        await host.StopAsync(CancellationToken.None);

        var answer = new NewAccountAnswer(account.Id, account.Uuid, account.Username, account.Email, account.OwnsServer);
        invocation.Output.Data(answer, Answers.Default.NewAccountAnswer, Describe);
    }

    private static string Describe(NewAccountAnswer account) =>
        $"Added {account.Username} ({account.Email}){(account.Owner ? ", who owns the server" : "")}.";
}
