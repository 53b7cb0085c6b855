using System.CommandLine;
using PlexAuth.Cli.Input;
using PlexAuth.Cli.Sessions;

namespace PlexAuth.Cli;

// One call of the tool: what was given on the command line and in the environment, and where the answer goes.
internal sealed class Invocation
{
    private readonly Tool _tool;
    private readonly ParseResult _arguments;

    public Invocation(Tool tool, ParseResult arguments)
    {
        _tool = tool;
        _arguments = arguments;
        Directories = new ToolDirectories(tool.Terminal.Variable);
        Variables = new Variables(tool.Terminal.Variable);
        Prompt = new Prompt(tool.Terminal);
        Output = new Output(tool.Terminal, Value(tool.Options.Json), Value(tool.Options.Quiet));
    }

    public Terminal Terminal => _tool.Terminal;

    public ToolDirectories Directories { get; }

    public Profiles Profiles => field ??= new Profiles(Directories.State);

    public string Profile => field ??= Value(_tool.Options.Profile) is { } given ? CheckProfile(given) : Profiles.Current;

    public Variables Variables { get; }

    public Prompt Prompt { get; }

    public Output Output { get; }

    public T? Value<T>(Option<T> option) => _arguments.GetValue(option);

    public T? Value<T>(Argument<T> argument) => _arguments.GetValue(argument);

    public Task<Connection> ConnectAsync(CancellationToken cancellationToken) => Connection.AsSignedInAsync(new Settings(this, _tool.Options), this, cancellationToken);

    // Null where neither the command line nor the environment names one.
    public Uri? GivenAccountUrl => new Settings(this, _tool.Options).GivenAccountUrl();

    public Connection ConnectToSignIn() => Connection.ForSigningIn(new Settings(this, _tool.Options));

    public async Task<PlexSession?> LoadAsync(CancellationToken cancellationToken) => await Profiles.Store.LoadAsync(Profile, cancellationToken);

    public Task SaveAsync(PlexSession? session, CancellationToken cancellationToken) => Profiles.SaveAsync(Profile, session, cancellationToken);

    public static string CheckProfile(string name) => name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? name
            : throw ToolException.Usage($"'{name}' is no name for a profile: up to 64 letters, digits and . _ -, a letter or digit first.");
}
