using System.CommandLine;

namespace PlexAuth.Cli.Commands.Hosting;

// The options of serve that say what its media server is.
internal sealed class MediaServerOptions
{
    public Option<bool> Alone { get; } = new("--media-server")
    {
        Description = "Run a media server alone, whose accounts are those of the service at --account-url",
        Arity = ArgumentArity.Zero,
    };

    public Option<string> Name { get; } = new("--name") { Description = "What people see in their list of servers. Default: this machine's name", HelpName = "name" };

    public IReadOnlyList<Option> All => [Alone, Name];
}
