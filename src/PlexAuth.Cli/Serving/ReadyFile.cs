using System.Text.Json;

namespace PlexAuth.Cli.Serving;

// Tells scripts that wait for the file that the server answers. It appears whole: nobody reads half of it.
internal static class ReadyFile
{
    public static async Task WriteAsync(string file, ServeAnswer answer, CancellationToken cancellationToken)
    {
        var draft = $"{file}.{Environment.ProcessId}";
        try
        {
            await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(answer, Answers.Default.ServeAnswer) + "\n", cancellationToken);
            File.Move(draft, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"--ready-file: '{file}' cannot be written: {exception.Message}");
        }
    }
}
