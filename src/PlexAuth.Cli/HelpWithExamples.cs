using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using PlexAuth.Cli.Commands;

namespace PlexAuth.Cli;

// The library's help, followed by the command's examples, or for the tool itself by the footer.
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
        if (command is ToolCommand tool)
            output.WriteLine($"Examples:\n  {string.Join("\n  ", tool.Examples)}\n");
        else if (command is PlexAuthCommand)
            output.WriteLine(footer);

        return code;
    }
}
