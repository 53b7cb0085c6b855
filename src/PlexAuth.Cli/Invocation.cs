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

    public SessionFile Sessions => field ??= new SessionFile(Directories.State);

    public Variables Variables { get; }

    public Prompt Prompt { get; }

    public Output Output { get; }

    public T? Value<T>(Option<T> option) => _arguments.GetValue(option);

    public T? Value<T>(Argument<T> argument) => _arguments.GetValue(argument);

    public Connection Connect() => Connection.AsSignedIn(new Settings(this, _tool.Options), Sessions);

    public Connection ConnectToSignIn() => Connection.ForSigningIn(new Settings(this, _tool.Options));
}
