namespace PlexAuth.Cli.Input;

// What commands see of the outside world. Tests put their own in its place.
internal sealed class Terminal
{
    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required Func<string, string?> Variable { get; init; }

    // Reads a key that is not echoed.
    public required Func<ConsoleKeyInfo> ReadKey { get; init; }

    // What is typed from here on is not echoed. Reading a key does that only once the read has begun, and a pasted answer is quicker.
    public required Action HideTyping { get; init; }

    // A person sits at the keyboard: questions make sense.
    public required bool CanAsk { get; init; }

    public required bool ColorsOut { get; init; }

    public required bool ColorsError { get; init; }

    // Shows an address to the person. False where nobody would see it: no browser, or no terminal.
    public required Func<string, bool> OpenBrowser { get; init; }

    public static Terminal FromConsole()
    {
        var plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) || Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new Terminal
        {
            In = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            Variable = Environment.GetEnvironmentVariable,
            ReadKey = () => Console.ReadKey(intercept: true),
            // Looking for a key turns the echo off as reading one does, and it stays off until the process ends.
            HideTyping = () => _ = Console.KeyAvailable,
            CanAsk = !Console.IsInputRedirected,
            ColorsOut = !plain && !Console.IsOutputRedirected,
            ColorsError = !plain && !Console.IsErrorRedirected,
            OpenBrowser = address => !Console.IsOutputRedirected && !Console.IsErrorRedirected && Browser.TryOpen(address),
        };
    }
}
