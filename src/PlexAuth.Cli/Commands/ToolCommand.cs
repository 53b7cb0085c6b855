using System.CommandLine;
using System.CommandLine.Parsing;

namespace PlexAuth.Cli.Commands;

// A command with examples in its help, whose work is one method over an Invocation.
internal abstract class ToolCommand : Command
{
    private readonly Tool _tool;

    protected ToolCommand(Tool tool, string name, string description, params string[] examples)
        : base(name, description)
    {
        _tool = tool;
        Examples = examples;
        Validators.Add(RefuseUnusedOptions);
        Validators.Add(RefuseEmptyValues);
        SetAction((result, cancellationToken) => RunAsync(new Invocation(tool, result), cancellationToken));
    }

    public IReadOnlyList<string> Examples { get; }

    // Calls an account service or a media server, and so heeds the options that name them.
    public virtual bool Connects => true;

    public virtual bool Heeds(Option connectionOption) => Connects;

    protected static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    protected abstract Task RunAsync(Invocation invocation, CancellationToken cancellationToken);

    // As a shell gives them for a variable that is not set, which must not stand for "the usual place" or "here".
    private static void RefuseEmptyValues(CommandResult result)
    {
        for (var level = result; level is not null; level = level.Parent as CommandResult)
        {
            foreach (var name in level.Children.Where(one => one.Tokens.Any(token => token.Value.Length == 0)).Select(NameOf).OfType<string>())
                result.AddError($"{name}: it is empty. Give it a value, or leave it out.");
        }
    }

    private static string? NameOf(SymbolResult given) => given switch
    {
        OptionResult option => option.Option.Name,
        ArgumentResult argument => argument.Argument.Name,
        _ => null,
    };

    private void RefuseUnusedOptions(CommandResult result)
    {
        foreach (var option in _tool.Options.Connection)
        {
            if (!Heeds(option) && result.GetResult(option) is { Implicit: false })
                result.AddError($"{option.Name} means nothing to '{Name}', which calls no service. Leave it out.");
        }
    }
}
