namespace PlexAuth.Faults.Tests;

/// <summary>A server's data directory, gone after the test.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plexauth-fault-").FullName;

    public string Database => System.IO.Path.Combine(Path, "plexauth.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
