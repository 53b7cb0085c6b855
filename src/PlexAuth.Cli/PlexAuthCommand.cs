using System.CommandLine;
using System.CommandLine.Help;
using PlexAuth.Cli.Commands;
using PlexAuth.Cli.Commands.Doctor;
using PlexAuth.Cli.Commands.Home;
using PlexAuth.Cli.Commands.Hosting;
using PlexAuth.Cli.Commands.Operation;
using PlexAuth.Cli.Commands.Servers;
using PlexAuth.Cli.Commands.SignIn;

namespace PlexAuth.Cli;

// The tool itself. Not a RootCommand, which would be named after the file it runs from.
internal sealed class PlexAuthCommand : Command
{
    private const string Footer = """
        Examples:
          plexauth signin
          plexauth whoami --json | jq -r .email
          plexauth token --transient --server-url http://127.0.0.1:32400
          plexauth serve --dev

        Environment (NAME_FILE names a file that holds the value):
          PLEX_TOKEN  PLEX_LOGIN  PLEX_PASSWORD  PLEX_VERIFICATION_CODE  PLEX_KEY_PASSPHRASE  PLEX_HOME_PIN  PLEX_OWNER_PASSWORD
          PLEX_ACCOUNT_URL  PLEX_SERVER_URL  PLEX_CLIENT_IDENTIFIER
          PLEXAUTH_DATABASE   a server's PostgreSQL connection string
          PLEXAUTH_INSTANCE   a server's name among those that share a database
          PLEXAUTH_KEYS_FILE  a server's key file, where it is mounted and not in the data directory
          PLEXAUTH_HOME   keeps everything in this directory instead of the platform's
          NO_COLOR        no colours

        Exit codes:
          0 ok  1 error  2 usage  3 network  4 sign-in needed  5 forbidden  6 rate limited  130 interrupted
        """;

    public PlexAuthCommand(Tool tool)
        : base("plexauth", "Sign in with Plex from a terminal, and serve a Plex-compatible account service and media server.")
    {
        tool.Options.AddTo(this);
        Options.Add(new HelpOption { Action = new HelpWithExamples(new HelpAction(), tool.Options, Footer) });
        Options.Add(new VersionOption());
        foreach (var command in (Command[])
            [
                new SignInCommand(tool), new WhoAmICommand(tool), new TokenCommand(tool), new SourceCommand(tool), new SignOutCommand(tool),
                new ServersCommand(tool), new ConnectCommand(tool), new HomeCommand(tool), new DoctorCommand(tool),
                new JwtCommand(tool), new ProfileCommand(tool), new TwoFactorCommand(tool),
                new ServeCommand(tool), new AccountsCommand(tool), new DevicesCommand(tool), new AuditCommand(tool), new KeysCommand(tool),
                new BackupCommand(tool), new RestoreCommand(tool),
            ])
        {
            Subcommands.Add(command);
        }
    }
}
