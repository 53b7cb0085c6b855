using System.Text.Json;

namespace PlexAuth.Cli.Serving;

// Tells scripts that wait for the file that the server answers. It appears whole, and is gone with the server: nobody reads half of it, or an earlier run's.
internal sealed class ReadyFile : IDisposable
{
    private readonly string _path;

    public ReadyFile(string path)
    {
        _path = path;
        Change(() => File.Delete(path));
    }

    public void Write(ServeAnswer answer)
    {
        var draft = $"{_path}.{Environment.ProcessId}";
        Change(() =>
        {
            File.WriteAllText(draft, JsonSerializer.Serialize(answer, Answers.Default.ServeAnswer) + "\n");
            File.Move(draft, _path, overwrite: true);
        });
    }

    public void Dispose()
    {
        // Its whole directory may be gone by now.
        if (File.Exists(_path))
            Change(() => File.Delete(_path));
    }

    private void Change(Action change)
    {
        try
        {
            change();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"--ready-file: '{_path}' cannot be written: {exception.Message}");
        }
    }
}
