using Npgsql;

namespace PlexAuth.Server.Data;

/// <summary>An advisory lock of one connection: several processes may start at once, and make or upgrade the database in turn.</summary>
internal sealed class PostgresStartLock(NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>"PlxA", as in the header of an SQLite file.</summary>
    private const int Key = 0x506C7841;

    private const int PatienceSeconds = 30;

    public static async Task<PostgresStartLock> AcquireAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            // Two schemas of one database are two databases of ours.
            await using var command = new NpgsqlCommand($"SET lock_timeout = '{PatienceSeconds}s'; SELECT pg_advisory_lock({Key}, hashtext(current_schema()))", connection);
            command.CommandTimeout = PatienceSeconds + 1;
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new PostgresStartLock(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>By its own statement: a connection is reset not when it goes back to the pool, but when it is next taken out.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var held = connection;
        await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
        await command.ExecuteNonQueryAsync();
    }
}
