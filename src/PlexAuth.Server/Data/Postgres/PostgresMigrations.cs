using Dapper;
using Npgsql;

namespace PlexAuth.Server.Data;

/// <summary>Brings a database to this version's schema, one numbered file and one transaction at a time. Runs under <see cref="PostgresStartLock"/>.</summary>
internal static class PostgresMigrations
{
    public static async Task ApplyAsync(NpgsqlConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(Migration.Table, cancellationToken: cancellationToken));
        var applied = (await connection.QueryAsync<long>(new CommandDefinition("SELECT version FROM schema_migrations", cancellationToken: cancellationToken))).ToHashSet();
        Migration.RefuseNewer(applied.DefaultIfEmpty().Max());
        foreach (var migration in Migration.For(SqlDialect.Postgres).Where(migration => !applied.Contains(migration.Version)))
            await ApplyAsync(connection, migration, time, cancellationToken);
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(migration.Sql(SqlDialect.Postgres), commandTimeout: 0, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO schema_migrations (version, name, applied_at) VALUES (@Version, @Name, @at)",
            new { Version = (int)migration.Version, migration.Name, at = time.GetUtcNow().ToUnixTimeMilliseconds() },
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}
