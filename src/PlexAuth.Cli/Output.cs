using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PlexAuth.Cli.Input;

namespace PlexAuth.Cli;

// Data goes to standard output, in words or as JSON; everything said to a person goes to standard error. Words may be a server's, so each string is one line.
internal sealed class Output(Terminal terminal, bool json, bool quiet)
{
    public bool ColorsError => terminal.ColorsError;

    public bool Json => json;

    // Writes one answer: the words, or with --json the object on one line.
    public void Data<T>(T value, JsonTypeInfo<T> shape, Func<T, string> words) => Data(value, shape, one => [words(one)]);

    // Loud: which of the lines nobody may overlook.
    public void Data<T>(T value, JsonTypeInfo<T> shape, Func<T, IReadOnlyList<string>> lines, string? loud = null) =>
        terminal.Out.WriteLine(json ? JsonSerializer.Serialize(value, shape) : string.Join('\n', lines(value).Select(line => Highlight(Printable.From(line), loud))));

    public void Say(string message)
    {
        if (!quiet)
            terminal.Error.WriteLine(Printable.From(message));
    }

    // What a person has to know to go on; with --json the answer says it too.
    public void Tell(string message)
    {
        if (!json || !quiet)
            terminal.Error.WriteLine(Printable.From(message));
    }

    // For the camera of a phone.
    public void Draw(string text)
    {
        if (!quiet)
            terminal.Error.WriteLine(QrCode.Draw(text, terminal.ColorsError));
    }

    // Says what is being waited for: on a terminal for just as long, with something that moves.
    public async Task<T> WaitAsync<T>(string message, Task<T> task)
    {
        if (!quiet && terminal.ColorsError)
            await Spinner.TurnAsync(terminal.Error, message, task);
        else
            Say(message);

        return await task;
    }

    public void Warn(string message) => terminal.Error.WriteLine($"{Paint("warning:", "33")} {Printable.From(message)}");

    public void Fail(string message) => terminal.Error.WriteLine($"{Paint("error:", "31")} {Printable.From(message)}");

    private string Highlight(string line, string? loud) => line == loud && terminal.ColorsOut ? $"\e[1;33m{line}\e[0m" : line;

    private string Paint(string text, string color) => terminal.ColorsError ? $"\e[{color}m{text}\e[0m" : text;
}
