using System.Text;

namespace PlexAuth.Cli.Input;

// Asks the person at the terminal. Questions go to standard error, so that standard output stays clean.
internal sealed class Prompt(Terminal terminal)
{
    public bool Possible => terminal.CanAsk;

    public async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        terminal.Error.Write(Printable.From(question));
        var answer = await Blocking.ReadAsync(terminal.In.ReadLine, cancellationToken);
        return answer?.Trim() ?? throw new OperationCanceledException("The terminal was closed.");
    }

    public async Task<string> AskHiddenAsync(string question, CancellationToken cancellationToken)
    {
        terminal.HideTyping();
        terminal.Error.Write(Printable.From(question));
        try
        {
            return await Blocking.ReadAsync(ReadHidden, cancellationToken);
        }
        finally
        {
            terminal.Error.WriteLine();
        }
    }

    private string ReadHidden()
    {
        var typed = new StringBuilder();
        while (terminal.ReadKey() is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (key is { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control })
                typed.Clear();
            else if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control })
                throw new OperationCanceledException("The terminal was closed.");
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        return typed.ToString();
    }
}
