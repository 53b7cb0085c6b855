using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace PlexAuth.Cli;

// Options that every command accepts, before or after its name.
internal sealed class GlobalOptions
{
    public Option<string> AccountUrl { get; } = new("--account-url")
    {
        Description = "The account service. Default: PLEX_ACCOUNT_URL, then where you signed in, then https://plex.tv/api/v2",
        HelpName = "url",
        Recursive = true,
    };

    public Option<string> ServerUrl { get; } = new("--server-url")
    {
        Description = "The media server, for transient tokens and sources. Default: PLEX_SERVER_URL",
        HelpName = "url",
        Recursive = true,
    };

    public Option<string> ClientIdentifier { get; } = new("--client-identifier")
    {
        Description = "What this installation is called to Plex. Default: PLEX_CLIENT_IDENTIFIER, then one made once and kept",
        HelpName = "id",
        Recursive = true,
    };

    public Option<string> Profile { get; } = new("--profile")
    {
        Description = "Which kept sign-in to use or make. Default: what 'plexauth profile use' chose",
        HelpName = "name",
        Recursive = true,
    };

    public Option<TimeSpan?> Timeout { get; } = new("--timeout")
    {
        Description = "How long one call may take, retries included. Default: 30",
        HelpName = "seconds",
        Recursive = true,
        CustomParser = ParseSeconds,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Answer with one JSON object on one line", Arity = ArgumentArity.Zero, Recursive = true };

    public Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Say nothing but the answer, warnings and errors",
        Arity = ArgumentArity.Zero,
        Recursive = true,
    };

    // What says whom to talk to and as whom; of no use to a command that talks to nobody.
    public IReadOnlyList<Option> Connection => [AccountUrl, ServerUrl, ClientIdentifier, Profile, Timeout];

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[.. Connection, Json, Quiet])
            command.Options.Add(option);
    }

    private static TimeSpan? ParseSeconds(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.001 and <= 3600)
            return TimeSpan.FromSeconds(seconds);

        result.AddError($"--timeout: '{text}' is not a number of seconds above 0 and up to 3600.");
        return default;
    }
}
