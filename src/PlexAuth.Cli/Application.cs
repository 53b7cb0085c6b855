using System.CommandLine;
using System.CommandLine.Invocation;
using PlexAuth.Cli.Input;

namespace PlexAuth.Cli;

// Runs one command line to its exit code.
internal static class Application
{
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var options = new GlobalOptions();
        var command = new PlexAuthCommand(new Tool(terminal, options));
        var parsed = command.Parse(arguments is [] ? ["--help"] : arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
            return UsageErrors.Report(parsed, new Output(terminal, json: false, quiet: false));

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            // The caller listens for signals: the library begins to only once a command is already running.
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }
}
