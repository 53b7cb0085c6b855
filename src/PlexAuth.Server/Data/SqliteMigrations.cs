using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PlexAuth.Server.Data;

/// <summary>Brings a database to this version's schema, one numbered file and one transaction at a time.</summary>
internal static class SqliteMigrations
{
    private const string Folder = "PlexAuth.Server.Data.Migrations.";

    public static IReadOnlyList<Migration> All { get; } = Load();

    public static async Task ApplyAsync(SqliteConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        SqliteEngine.Execute(connection, "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        RefuseNewer(connection);
        foreach (var migration in All.Where(migration => migration.Version > Version(connection)))
            await ApplyAsync(connection, migration, time, cancellationToken);
    }

    private static async Task ApplyAsync(SqliteConnection connection, Migration migration, TimeProvider time, CancellationToken cancellationToken)
    {
        await SqliteEngine.BeginAsync(connection, Stopwatch.GetTimestamp(), cancellationToken);
        try
        {
            // Another process may have been faster between our look and our lock.
            if (Version(connection) < migration.Version)
            {
                SqliteEngine.Execute(connection, SqlDialect.Sqlite.Translate(migration.Sql()));
                SqliteEngine.Execute(connection, string.Create(
                    CultureInfo.InvariantCulture,
                    $"INSERT INTO schema_migrations (version, name, applied_at) VALUES ({migration.Version}, '{migration.Name}', {time.GetUtcNow().ToUnixTimeMilliseconds()})"));
            }

            SqliteEngine.Commit(connection);
        }
        catch
        {
            SqliteEngine.Rollback(connection);
            throw;
        }
    }

    private static void RefuseNewer(SqliteConnection connection)
    {
        var (found, known) = (Version(connection), All[^1].Version);
        if (found > known)
        {
            throw new PlexAuthDatabaseException(
                $"The database has schema version {found}, and this program knows only up to {known}. Use the newer program that wrote it, or restore a backup made before the upgrade.");
        }
    }

    private static long Version(SqliteConnection connection) => SqliteEngine.Scalar(connection, "SELECT MAX(version) FROM schema_migrations");

    private static Migration[] Load() =>
    [
        .. typeof(SqliteMigrations).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource => new Migration(resource, Path.GetFileNameWithoutExtension(resource[Folder.Length..]))),
    ];
}

/// <summary>One embedded file, <c>NNN_name.sql</c>.</summary>
internal sealed record Migration(string Resource, string Name)
{
    public long Version { get; } = long.Parse(Name.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture);

    public string Sql()
    {
        using var reader = new StreamReader(typeof(Migration).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    }
}
