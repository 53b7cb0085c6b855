using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using PlexAuth.Cli.Commands;

namespace PlexAuth.Cli;

// The library's help, followed by the command's examples, those of a group's commands, or for the tool itself by the footer.
internal sealed class HelpWithExamples(HelpAction help, GlobalOptions options, string footer) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        foreach (var option in options.Connection)
            option.Hidden = command is ToolCommand heeding && !heeding.Heeds(option);

        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(command is PlexAuthCommand ? footer : $"Examples:\n  {string.Join("\n  ", ExamplesOf(command))}\n");
        return code;
    }

    private static IEnumerable<string> ExamplesOf(Command command) =>
        command is ToolCommand tool ? tool.Examples : command.Subcommands.OfType<ToolCommand>().Select(member => member.Examples[0]);
}
