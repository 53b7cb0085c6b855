namespace PlexAuth.Server.Data;

/// <summary>Lets one process at a time make or upgrade the files of a directory, so that two first starts at once make one database and one set of keys.</summary>
internal static class StartLock
{
    private const string FileName = "plexauth.lock";

    /// <summary>Errors of the platform that no waiting ends.</summary>
    private const int DiskFull = 28, DiskReadOnly = 30;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>Holds the lock until disposed; nothing where nothing is kept in files. A killed process holds none.</returns>
    public static async Task<IAsyncDisposable?> AcquireAsync(string? directory, CancellationToken cancellationToken)
    {
        if (directory is null)
            return null;
        PrivateFiles.EnsureDirectory(directory);
        var path = Path.Combine(directory, FileName);
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Poll)
        {
            try
            {
                return PrivateFiles.OpenOrCreate(path);
            }
            catch (IOException exception) when (exception.HResult is not (DiskFull or DiskReadOnly))
            {
                await Task.Delay(Poll, cancellationToken);
            }
        }

        throw new PlexAuthDatabaseException($"Another process has been starting on \"{directory}\" for {Patience.TotalSeconds} seconds, or \"{path}\" cannot be written.");
    }
}
