namespace PlexAuth.Cli;

// One line that moves while something is waited for, and is gone afterwards.
internal static class Spinner
{
    private const string Frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task TurnAsync(TextWriter terminal, string message, Task task)
    {
        for (var turn = 0; !task.IsCompleted; turn++)
        {
            await terminal.WriteAsync($"\r{Frames[turn % Frames.Length]} {message}");
            await Task.WhenAny(task, Task.Delay(Interval, TimeProvider.System, CancellationToken.None));
        }

        await terminal.WriteAsync("\r\e[K");
    }
}
