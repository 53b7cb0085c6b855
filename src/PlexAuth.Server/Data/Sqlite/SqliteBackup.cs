using Microsoft.Data.Sqlite;

namespace PlexAuth.Server.Data;

/// <summary>Copies a database to one private file and back; either file appears under its name only when it is whole.</summary>
internal static class SqliteBackup
{
    public static void Create(string path, string file)
    {
        if (!File.Exists(path))
            throw new PlexAuthDatabaseException($"There is no database \"{path}\".");
        if (File.Exists(file))
            throw new PlexAuthDatabaseException($"\"{file}\" is there already. Choose another name for the backup.");
        SqliteFile.Inspect(path, path);
        var draft = file + ".partial";
        File.Delete(draft);
        try
        {
            PrivateFiles.Create(draft).Dispose();
            Copy(path, draft);
            File.Move(draft, file);
        }
        catch (SqliteException exception)
        {
            throw new PlexAuthDatabaseException($"The backup \"{file}\" could not be written: {exception.Message.TrimEnd('.')}. Check that there is room for it, then try again.", exception);
        }
        finally
        {
            foreach (var left in SqliteFile.WithSidecars(draft))
                File.Delete(left);
        }
    }

    public static async Task RestoreAsync(string path, string file, bool keepTokens, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            throw new PlexAuthDatabaseException($"There is no backup \"{file}\".");
        if (SqliteFile.WithSidecars(path).FirstOrDefault(File.Exists) is { } present)
            throw new PlexAuthDatabaseException($"\"{present}\" is there already. Stop the server and move it away, then restore.");
        PrivateFiles.EnsureDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".restoring";
        try
        {
            await CopyAsync(file, draft, cancellationToken);
            SqliteFile.Inspect(draft, file);
            await QuarantineAsync(draft, keepTokens, cancellationToken);
            File.Move(draft, path);
        }
        finally
        {
            foreach (var left in SqliteFile.WithSidecars(draft))
                File.Delete(left);
        }
    }

    private static void Copy(string path, string draft)
    {
        using var source = new SqliteEngine(path).Connect();
        using var copy = new SqliteEngine(draft).Connect();
        source.BackupDatabase(copy);
        // One file that can be carried about, without a log beside it.
        SqliteEngine.Execute(copy, "PRAGMA journal_mode=DELETE");
    }

    private static async Task CopyAsync(string file, string draft, CancellationToken cancellationToken)
    {
        File.Delete(draft);
        await using var source = File.OpenRead(file);
        await using var target = PrivateFiles.Create(draft);
        await source.CopyToAsync(target, cancellationToken);
        target.Flush(flushToDisk: true);
    }

    private static async Task QuarantineAsync(string draft, bool keepTokens, CancellationToken cancellationToken)
    {
        using var connection = new SqliteEngine(draft).Connect();
        SqliteEngine.Execute(connection, "PRAGMA journal_mode=WAL");
        await SqliteMigrations.ApplyAsync(connection, TimeProvider.System, cancellationToken);
        await SqliteEngine.BeginAsync(connection, TimeProvider.System.GetTimestamp(), cancellationToken);
        await Quarantine.ApplyAsync(new DatabaseSession(connection, cancellationToken), SqlDialect.Sqlite, keepTokens, TimeProvider.System.GetUtcNow());
        SqliteEngine.Commit(connection);
        SqliteEngine.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
