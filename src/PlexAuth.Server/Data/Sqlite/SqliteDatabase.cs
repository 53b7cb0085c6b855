using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace PlexAuth.Server.Data;

/// <summary>One file, or nothing but memory: reads side by side, writes one after the other.</summary>
internal sealed class SqliteDatabase(DatabaseLocation location, TimeProvider time) : IDatabaseEngine
{
    private const int KeptReaders = 8;
    private readonly SemaphoreSlim _writeQueue = new(1);
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private SqliteEngine? _engine;
    private SqliteConnection? _writer;

    public Task<IAsyncDisposable?> LockStartAsync(CancellationToken cancellationToken) => StartLock.AcquireAsync(location.Directory, cancellationToken);

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (location.Path is not null)
            await SqliteFile.PrepareAsync(location.Path, time, cancellationToken);
        _engine = new SqliteEngine(location.Path);
        _writer = _engine.Connect();
        await SqliteMigrations.ApplyAsync(_writer, time, cancellationToken);
    }

    public Task<T> ReadAsync<T>(Func<DatabaseSession, Task<T>> read, CancellationToken cancellationToken) =>
        Engine.InMemory ? ReadInTurnAsync(read, cancellationToken) : ReadBesideAsync(read, cancellationToken);

    public async Task<T> WriteAsync<T>(Func<DatabaseSession, Task<T>> write, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        if (!await _writeQueue.WaitAsync(SqliteEngine.BusyWait, cancellationToken))
            throw new DatabaseUnavailableException("Too many writes are waiting for the database.");
        try
        {
            return await WriteInTurnAsync(write, startedAt, cancellationToken);
        }
        catch (SqliteException exception) when (SqliteEngine.IsUnavailable(exception))
        {
            throw new DatabaseUnavailableException($"The database cannot be written: {exception.Message}", exception);
        }
        finally
        {
            _writeQueue.Release();
        }
    }

    /// <summary>Of the one connection that writes here, for which the writes of all others are foreign.</summary>
    public async Task<long> ForeignVersionAsync(CancellationToken cancellationToken)
    {
        await _writeQueue.WaitAsync(cancellationToken);
        try
        {
            return SqliteEngine.Scalar(_writer!, "PRAGMA data_version");
        }
        finally
        {
            _writeQueue.Release();
        }
    }

    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _writer?.Dispose();
        _writeQueue.Dispose();
    }

    private SqliteEngine Engine => _engine ?? throw new InvalidOperationException("The database is opened when the server starts; this server has not been started.");

    private async Task<T> WriteInTurnAsync<T>(Func<DatabaseSession, Task<T>> write, long startedAt, CancellationToken cancellationToken)
    {
        _ = Engine;
        await SqliteEngine.BeginAsync(_writer!, startedAt, cancellationToken);
        try
        {
            var result = await write(new DatabaseSession(_writer!, cancellationToken));
            SqliteEngine.Commit(_writer!);
            return result;
        }
        catch
        {
            SqliteEngine.Rollback(_writer!);
            throw;
        }
    }

    /// <summary>A database in memory lives in its one connection, which reads and writes share in turn.</summary>
    private async Task<T> ReadInTurnAsync<T>(Func<DatabaseSession, Task<T>> read, CancellationToken cancellationToken)
    {
        await _writeQueue.WaitAsync(cancellationToken);
        try
        {
            return await read(new DatabaseSession(_writer!, cancellationToken));
        }
        finally
        {
            _writeQueue.Release();
        }
    }

    private async Task<T> ReadBesideAsync<T>(Func<DatabaseSession, Task<T>> read, CancellationToken cancellationToken)
    {
        SqliteConnection? connection = null;
        var healthy = false;
        try
        {
            connection = _readers.TryTake(out var kept) ? kept : Engine.Connect();
            var result = await read(new DatabaseSession(connection, cancellationToken));
            healthy = true;
            return result;
        }
        catch (SqliteException exception) when (SqliteEngine.IsUnavailable(exception))
        {
            throw new DatabaseUnavailableException($"The database cannot be read: {exception.Message}", exception);
        }
        finally
        {
            if (healthy && _readers.Count < KeptReaders)
                _readers.Add(connection!);
            else if (connection is not null)
                await connection.DisposeAsync();
        }
    }
}
