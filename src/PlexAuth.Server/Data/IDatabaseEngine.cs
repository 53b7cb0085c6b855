namespace PlexAuth.Server.Data;

/// <summary>Where SQLite and PostgreSQL differ: how a database is opened, and how a write is kept apart from all others.</summary>
internal interface IDatabaseEngine : IDisposable
{
    /// <summary>Lets one process at a time make or upgrade the database and its keys.</summary>
    /// <returns>Holds the lock until disposed; nothing where nobody else can be there. A killed process holds none.</returns>
    Task<IAsyncDisposable?> LockStartAsync(CancellationToken cancellationToken);

    /// <exception cref="PlexAuthDatabaseException">The database is not, or not safely, ours to use.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    Task<T> ReadAsync<T>(Func<DatabaseSession, Task<T>> read, CancellationToken cancellationToken);

    Task<T> WriteAsync<T>(Func<DatabaseSession, Task<T>> write, CancellationToken cancellationToken);

    /// <returns>A number that is another one once another process has written.</returns>
    Task<long> ForeignVersionAsync(CancellationToken cancellationToken);
}
