using System.Data;
using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;

namespace PlexAuth.Server.Data;

/// <summary>A server that several processes share. Writes are serializable and tried again when another came between, so rules written for one file hold here too.</summary>
internal sealed class PostgresDatabase : IDatabaseEngine
{
    /// <summary>Writers of one process. More would only get into each other's way, and reads keep the rest of the pool.</summary>
    private const int Writers = 8;

    /// <summary>Tries after which a duplicate is the caller's own.</summary>
    private const int Duplicates = 3;

    private const int LongestPauseMilliseconds = 50;

    /// <summary>The longest that a write waits for its turn and for others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(PostgresSettings.TimeoutSeconds);

    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long a lost connection is made anew before the caller hears of it: a restart of the server leaves the pool full of dead ones.</summary>
    private static readonly TimeSpan ReconnectFor = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _writers = new(Writers);

    /// <summary>For writes that others came between: at once they would only meet again. While some take turns those who come do too, but not for long behind one that is stuck.</summary>
    private readonly SemaphoreSlim _turns = new(1);

    private readonly TimeProvider _time;

    public PostgresDatabase(NpgsqlConnectionStringBuilder settings, TimeProvider time)
    {
        _time = time;
        Place = $"{settings.Database ?? settings.Username} on {settings.Host}";
        _source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }

    /// <summary>Which database, for messages.</summary>
    public string Place { get; }

    public Task<IAsyncDisposable?> LockStartAsync(CancellationToken cancellationToken) => StartedAsync(
        async () => (IAsyncDisposable?)await PostgresStartLock.AcquireAsync(_source, cancellationToken));

    public Task OpenAsync(CancellationToken cancellationToken) => StartedAsync(
        async () =>
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            await PostgresDurability.RequireAsync(connection, Place, cancellationToken);
            await PostgresMigrations.ApplyAsync(connection, _time, cancellationToken);
            return 0;
        });

    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    public async Task<T> ReadAsync<T>(Func<DatabaseSession, Task<T>> read, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancellationToken);
                return await read(new DatabaseSession(connection, cancellationToken));
            }
            catch (NpgsqlException exception) when (PostgresErrors.IsUnavailable(exception))
            {
                if (Stopwatch.GetElapsedTime(startedAt) > ReconnectFor)
                    throw Unavailable(exception);
                await PauseAsync(cancellationToken);
            }
        }
    }

    public async Task<T> WriteAsync<T>(Func<DatabaseSession, Task<T>> write, CancellationToken cancellationToken)
    {
        var startedAt = Stopwatch.GetTimestamp();
        if (!await _writers.WaitAsync(Patience, cancellationToken))
            throw new DatabaseUnavailableException("Too many writes are waiting for the database.");
        var inTurn = false;
        try
        {
            inTurn = _turns.CurrentCount == 0 && await _turns.WaitAsync(LongestTurn, cancellationToken);
            for (var attempt = 1; ; attempt++)
            {
                if (await TryWriteAsync(write, attempt, startedAt, cancellationToken) is (true, var result))
                    return result!;
                if (inTurn)
                    await PauseAsync(cancellationToken);
                else if (!(inTurn = await _turns.WaitAsync(Patience, cancellationToken)))
                    throw new DatabaseUnavailableException("Too many writes contend for the same rows.");
            }
        }
        finally
        {
            if (inTurn)
                _turns.Release();
            _writers.Release();
        }
    }

    /// <summary>Never changes: here the triggers tell of revocations.</summary>
    public Task<long> ForeignVersionAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

    public void Dispose()
    {
        _source.Dispose();
        _writers.Dispose();
        _turns.Dispose();
    }

    /// <returns>Not done: nothing was written, and it is worth another try.</returns>
    private async Task<(bool Done, T? Result)> TryWriteAsync<T>(Func<DatabaseSession, Task<T>> write, int attempt, long startedAt, CancellationToken cancellationToken)
    {
        var committing = false;
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
            var result = await write(new DatabaseSession(connection, cancellationToken));
            committing = true;
            await transaction.CommitAsync(CancellationToken.None);
            return (true, result);
        }
        catch (PostgresException exception) when (PostgresErrors.IsConflict(exception))
        {
            if (Stopwatch.GetElapsedTime(startedAt) > Patience)
                throw new DatabaseUnavailableException("Too many writes contend for the same rows.", exception);
        }
        catch (PostgresException exception) when (PostgresErrors.IsUniqueViolation(exception) && attempt < Duplicates)
        {
            // Perhaps a row that came since this write looked; the next look sees it.
        }
        catch (NpgsqlException exception) when (PostgresErrors.IsUnavailable(exception))
        {
            if (committing || Stopwatch.GetElapsedTime(startedAt) > ReconnectFor)
                throw Unavailable(exception);
        }

        return default;
    }

    private async Task<T> StartedAsync<T>(Func<Task<T>> start)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await start();
            }
            catch (NpgsqlException exception) when (exception.InnerException is TimeoutException && Stopwatch.GetElapsedTime(startedAt) < StartPatience)
            {
                // A busy machine: a server that is starting waits where one that serves would give up.
            }
            catch (NpgsqlException exception)
            {
                throw new PlexAuthDatabaseException(
                    $"The PostgreSQL database {Place} cannot be used ({PostgresErrors.Describe(exception)}). Check that it runs, and the host, user and password of the database setting.", exception);
            }
        }
    }

    private static DatabaseUnavailableException Unavailable(NpgsqlException exception) => new($"The database cannot be used: {PostgresErrors.Describe(exception)}", exception);

    /// <summary>Of uneven length, so that two writes that met do not meet again.</summary>
    private static Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(RandomNumberGenerator.GetInt32(1, LongestPauseMilliseconds), cancellationToken);
}
