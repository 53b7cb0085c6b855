using System.CommandLine;
using System.CommandLine.Invocation;
using PlexAuth.Cli.Input;

namespace PlexAuth.Cli;

// Runs one command line to its exit code.
internal static class Application
{
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var output = new Output(terminal, json: false, quiet: false);
        try
        {
            return await RunAsync(arguments, terminal, output, cancellationToken);
        }
        catch (Exception exception)
        {
            return Failures.Report(exception, output);
        }
    }

    private static async Task<int> RunAsync(string[] arguments, Terminal terminal, Output output, CancellationToken cancellationToken)
    {
        var command = new PlexAuthCommand(new Tool(terminal, new GlobalOptions()));
        var parsed = command.Parse(arguments is [] ? ["--help"] : arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
            return UsageErrors.Report(parsed, output);

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
