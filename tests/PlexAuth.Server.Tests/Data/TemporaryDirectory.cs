namespace PlexAuth.Server.Tests.Data;

/// <summary>A directory that only its owner may enter, gone after the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plexauth-test-").FullName;

    public string Database => File("plexauth.db");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
