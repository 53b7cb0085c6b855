namespace PlexAuth.Cli.Tests;

// A PLEXAUTH_HOME of one test, gone with it.
internal sealed class ToolHome : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plexauth-").FullName;

    public string SessionFile => System.IO.Path.Combine(Path, "state", "session.json");

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
