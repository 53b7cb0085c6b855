using Microsoft.Data.Sqlite;

namespace PlexAuth.Server.Data;

/// <summary>Makes sure that a path holds a database of ours before anything is opened for writing; a missing one is made complete, then named.</summary>
internal static class SqliteFile
{
    /// <summary>"PlxA", in the file's own header, so that another program's database is recognised.</summary>
    private const long ApplicationId = 0x506C7841;

    private const long QuickCheckLimit = 32 * 1024 * 1024;
    private static readonly string[] Sidecars = ["-wal", "-shm", "-journal"];

    public static async Task PrepareAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        PrivateFiles.EnsureDirectory(Path.GetDirectoryName(path)!);
        if (!File.Exists(path))
            await CreateAsync(path, time, cancellationToken);
        foreach (var file in WithSidecars(path))
            PrivateFiles.Check(file);
        Inspect(path, path);
    }

    public static IEnumerable<string> WithSidecars(string path) => Sidecars.Select(suffix => path + suffix).Prepend(path);

    /// <summary>Under another name until its schema is complete: a start that is killed here leaves nothing that looks like an empty database.</summary>
    private static async Task CreateAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Sidecars.Select(suffix => path + suffix).FirstOrDefault(File.Exists) is { } orphan)
            throw Refused(path, $"is missing but \"{orphan}\" is there. Put the database back, or move that file away to start afresh.");

        var draft = path + ".creating";
        foreach (var file in WithSidecars(draft))
            File.Delete(file);
        await PrivateFiles.Create(draft).DisposeAsync();
        using (var connection = new SqliteEngine(draft).Connect())
        {
            SqliteEngine.Execute(connection, $"PRAGMA application_id={ApplicationId}; PRAGMA journal_mode=WAL;");
            await SqliteMigrations.ApplyAsync(connection, time, cancellationToken);
        }

        File.Move(draft, path);
    }

    /// <param name="path">What to look at.</param>
    /// <param name="name">What people know it as.</param>
    public static void Inspect(string path, string name)
    {
        try
        {
            RequireHeader(path, name);
            using var connection = new SqliteEngine(path).Connect();
            if (SqliteEngine.Scalar(connection, "PRAGMA application_id") != ApplicationId)
                throw Refused(name, "belongs to another program. Choose another file; this one was left as it is.");
            if (new FileInfo(path).Length <= QuickCheckLimit && !SqliteEngine.IsSound(connection))
                throw Refused(name, "is damaged. Restore a backup; this file was left as it is.");
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new PlexAuthDatabaseException(
                $"The database \"{name}\" cannot be read ({exception.Message.TrimEnd('.')}). Check its owner and the disk, or restore a backup; this file was left as it is.",
                exception);
        }
    }

    private static void RequireHeader(string path, string name)
    {
        Span<byte> header = stackalloc byte[16];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.SequenceEqual("SQLite format 3\0"u8))
            throw Refused(name, "is not an SQLite database. Choose another file or restore a backup; this one was left as it is.");
    }

    private static PlexAuthDatabaseException Refused(string path, string reason) => new($"The database \"{path}\" {reason}");
}
