using System.CommandLine;

namespace PlexAuth.Cli.Commands.Home;

internal sealed class HomeCommand : Command
{
    public HomeCommand(Tool tool)
        : base("home", "The people of a Plex Home.")
    {
        Subcommands.Add(new HomeListCommand(tool));
        Subcommands.Add(new HomeSwitchCommand(tool));
        Subcommands.Add(new HomeRestoreCommand(tool));
    }
}
