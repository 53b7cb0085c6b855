using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PlexAuth.Server.Data;

/// <summary>What is SQLite's own: connections, pragmas, the write lock, error numbers.</summary>
internal sealed class SqliteEngine(string? path)
{
    /// <summary>The longest wait for the write lock, in our queue and in SQLite together.</summary>
    public static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(5);

    private const string Pragmas =
        "PRAGMA synchronous=FULL; PRAGMA secure_delete=FAST; PRAGMA trusted_schema=OFF; PRAGMA journal_size_limit=16777216; PRAGMA wal_autocheckpoint=1000;";

    public bool InMemory => path is null;

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path ?? ":memory:",
            // Never "create": a database that vanished must not come back empty.
            Mode = InMemory ? SqliteOpenMode.Memory : SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = (int)BusyWait.TotalSeconds,
        }.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, Pragmas);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Takes the write lock at once, so that a transaction cannot fail half-way for want of it; waits without holding a thread.</summary>
    public static async Task BeginAsync(SqliteConnection connection, long startedAt, CancellationToken cancellationToken)
    {
        int result;
        while ((result = raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE")) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            if (Stopwatch.GetElapsedTime(startedAt) > BusyWait)
                throw new DatabaseUnavailableException("The database is locked by another process.");
            await Task.Delay(LockPoll, cancellationToken);
        }

        SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    public static void Commit(SqliteConnection connection) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle, "COMMIT"), connection.Handle);

    /// <summary>Some failures end the transaction by themselves; then there is nothing left to undo.</summary>
    public static void Rollback(SqliteConnection connection)
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
            _ = raw.sqlite3_exec(connection.Handle, "ROLLBACK");
    }

    public static bool IsUniqueViolation(Exception exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY };

    public static bool IsUnavailable(SqliteException exception) => exception.SqliteErrorCode
        is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN;

    public static bool IsDiskFull(Exception? exception) => exception is SqliteException { SqliteErrorCode: raw.SQLITE_FULL };

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants and embedded migrations come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static long Scalar(SqliteConnection connection, string sql) => ExecuteScalar(connection, sql) is long value ? value : 0;

    public static bool IsSound(SqliteConnection connection) => ExecuteScalar(connection, "PRAGMA quick_check(1)") is "ok";

    private static object? ExecuteScalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
