using PlexAuth.Cli.Input;

namespace PlexAuth.Cli.Tests;

// The tool inside the test's process, where no real standard stream is needed.
internal static class InProcess
{
    public static async Task<ToolResult> RunAsync(ToolHome home, string[] arguments, string keys = "", bool canAsk = false, params (string Name, string Value)[] variables)
    {
        var values = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        values["PLEXAUTH_HOME"] = home.Path;
        var terminal = Terminal(values.GetValueOrDefault, keys, canAsk);
        var exitCode = await Application.RunAsync(arguments, terminal, TestContext.Current.CancellationToken);
        return new ToolResult(exitCode, terminal.Out.ToString()!, terminal.Error.ToString()!);
    }

    public static Terminal Terminal(Func<string, string?> variable, string typed = "", bool canAsk = false, TextReader? input = null)
    {
        input ??= new StringReader(typed);
        return new Terminal
        {
            In = input,
            Out = new StringWriter { NewLine = "\n" },
            Error = new StringWriter { NewLine = "\n" },
            Variable = variable,
            ReadKey = () => KeyOf((char)input.Read()),
            HideTyping = () => { },
            CanAsk = canAsk,
            ColorsOut = false,
            ColorsError = false,
            OpenBrowser = _ => false,
        };
    }

    private static ConsoleKeyInfo KeyOf(char character) => character switch
    {
        '\n' => new('\r', ConsoleKey.Enter, false, false, false),
        '\b' => new('\b', ConsoleKey.Backspace, false, false, false),
        '\x15' => new('\x15', ConsoleKey.U, false, false, control: true),
        '\x04' or '\uffff' => new('\x04', ConsoleKey.D, false, false, control: true),
        _ => new(character, ConsoleKey.None, false, false, false),
    };
}
