using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PlexAuth.Server.Data;

/// <summary>Brings a database to this version's schema, one numbered file and one transaction at a time.</summary>
internal static class SqliteMigrations
{
    public static IReadOnlyList<Migration> All { get; } = Migration.For(SqlDialect.Sqlite);

    public static async Task ApplyAsync(SqliteConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        SqliteEngine.Execute(connection, Migration.Table);
        RefuseNewer(connection);
        foreach (var migration in All.Where(migration => !IsApplied(connection, migration)))
            await ApplyAsync(connection, migration, time, cancellationToken);
    }

    private static async Task ApplyAsync(SqliteConnection connection, Migration migration, TimeProvider time, CancellationToken cancellationToken)
    {
        await SqliteEngine.BeginAsync(connection, Stopwatch.GetTimestamp(), cancellationToken);
        try
        {
            // Another process may have been faster between our look and our lock.
            if (!IsApplied(connection, migration))
            {
                SqliteEngine.Execute(connection, migration.Sql(SqlDialect.Sqlite));
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
        Migration.RefuseNewer(SqliteEngine.Scalar(connection, "SELECT MAX(version) FROM schema_migrations"));
    }

    private static bool IsApplied(SqliteConnection connection, Migration migration) => SqliteEngine.Scalar(
        connection, string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM schema_migrations WHERE version = {migration.Version}")) > 0;
}
