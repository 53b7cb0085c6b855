using Microsoft.Extensions.Options;

namespace PlexAuth.Server.Data;

/// <summary>The one way to the database. Writes are as if one came after the other on every engine, each in its own durable transaction.</summary>
internal sealed class Database(IOptions<PlexAuthServerOptions> options, TimeProvider time) : IDisposable
{
    private readonly IDatabaseEngine _engine = PostgresSettings.Wanted(options.Value)
        ? new PostgresDatabase(PostgresSettings.From(options.Value), time)
        : new SqliteDatabase(DatabaseLocation.From(options.Value), time);

    /// <summary>The server that several processes may share; null for a database of this machine alone.</summary>
    public PostgresDatabase? Postgres => _engine as PostgresDatabase;

    public static bool IsUniqueViolation(Exception exception) => SqliteEngine.IsUniqueViolation(exception) || PostgresErrors.IsUniqueViolation(exception);

    /// <inheritdoc cref="IDatabaseEngine.LockStartAsync"/>
    public Task<IAsyncDisposable?> LockStartAsync(CancellationToken cancellationToken) => _engine.LockStartAsync(cancellationToken);

    /// <inheritdoc cref="IDatabaseEngine.OpenAsync"/>
    public Task OpenAsync(CancellationToken cancellationToken) => _engine.OpenAsync(cancellationToken);

    /// <exception cref="DatabaseUnavailableException">The database cannot be reached now.</exception>
    public Task<T> ReadAsync<T>(Func<DatabaseSession, Task<T>> read, CancellationToken cancellationToken) => _engine.ReadAsync(read, cancellationToken);

    /// <summary>Commits what <paramref name="write"/> did when it returns; undoes it when it throws.</summary>
    /// <param name="write">May run more than once, when another process's write came between: it changes nothing but the database.</param>
    /// <param name="cancellationToken">Ends the wait, never a commit that has begun.</param>
    /// <exception cref="DatabaseUnavailableException">The database could not take the write.</exception>
    public Task<T> WriteAsync<T>(Func<DatabaseSession, Task<T>> write, CancellationToken cancellationToken) => _engine.WriteAsync(write, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task<int> WriteAsync(Func<DatabaseSession, Task> write, CancellationToken cancellationToken) => WriteAsync(
        async session =>
        {
            await write(session);
            return 0;
        },
        cancellationToken);

    /// <inheritdoc cref="IDatabaseEngine.ForeignVersionAsync"/>
    public Task<long> ForeignVersionAsync(CancellationToken cancellationToken) => _engine.ForeignVersionAsync(cancellationToken);

    public void Dispose() => _engine.Dispose();
}
