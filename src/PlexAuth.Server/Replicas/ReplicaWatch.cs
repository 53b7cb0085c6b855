using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.Replicas;

/// <summary>Keeps in touch with the other processes on a shared database: says that this one lives, and hears what was revoked. Nothing to do on SQLite.</summary>
/// <remarks>A notification only ends the wait for the next look at the tables, so a lost one costs a second and nothing else.</remarks>
internal sealed partial class ReplicaWatch(
    Database database, TransientEpochs epochs, TokenCache cache, KeyRing keys, IOptions<PlexAuthServerOptions> options, TimeProvider time, ILogger<ReplicaWatch> logger) : IAsyncDisposable
{
    private const int LooksPerSweep = 60;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(0.9);

    private readonly CancellationTokenSource _ending = new();
    private readonly string _name = options.Value.InstanceName ?? $"{Environment.MachineName}:{options.Value.DataDirectory}";
    private Task? _watching;
    private string? _revocations;
    private int _looks;

    /// <summary>Takes this process's place; from here on, what it was before a restart is refused everywhere.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        // An empty name is a tool's beside the servers: it mints nothing and need not be known.
        if (database.Postgres is not { } postgres || _name.Length == 0)
            return;
        await database.WriteAsync(session => InstanceStore.DeleteNamedAsync(session, _name), cancellationToken);
        await EnterAsync(cancellationToken);
        _watching = Task.Run(() => WatchAsync(postgres), CancellationToken.None);
    }

    /// <summary>Leaves, so that the others need not wait for the lease to end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ending.IsCancellationRequested)
            return;
        await _ending.CancelAsync();
        if (_watching is { } watching)
        {
            await watching;
            try
            {
                await database.WriteAsync(session => InstanceStore.DeleteAsync(session, epochs.Current.Id), CancellationToken.None);
            }
            catch (DatabaseUnavailableException)
            {
                // The lease ends by itself.
            }
        }

        _ending.Dispose();
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        var epoch = epochs.Create(Stopwatch.GetTimestamp() + InstanceStore.Ticks((long)InstanceStore.Lease.TotalMilliseconds));
        var sealedKey = keys.Seal(InstanceStore.KeyPurpose, $"{epoch.Id}", epoch.Key);
        await database.WriteAsync(session => InstanceStore.InsertAsync(session, epoch.Id, _name, sealedKey), cancellationToken);
        epochs.Current = epoch;
    }

    private async Task WatchAsync(PostgresDatabase postgres)
    {
        var connected = true;
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await using var connection = await postgres.ConnectAsync(_ending.Token);
                await using (var listen = new NpgsqlCommand("LISTEN plexauth_revoked", connection))
                    await listen.ExecuteNonQueryAsync(_ending.Token);
                if (!connected)
                    LogBack();
                connected = true;
                await LookRepeatedlyAsync(connection);
            }
            catch (Exception exception) when (!_ending.IsCancellationRequested)
            {
                if (connected)
                    LogLost(exception is NpgsqlException lost ? PostgresErrors.Describe(lost) : exception.Message);
                connected = false;
                await Task.Delay(Pause, CancellationToken.None);
            }
            catch (Exception)
            {
                return;
            }
        }
    }

    private async Task LookRepeatedlyAsync(NpgsqlConnection connection)
    {
        var session = new DatabaseSession(connection, _ending.Token);
        while (true)
        {
            await RenewAsync(session);
            await LookAsync(session);
            if (_looks++ % LooksPerSweep == 0)
                await InstanceStore.SweepAsync(session);
            await connection.WaitAsync(Interval, _ending.Token);
        }
    }

    private async Task RenewAsync(DatabaseSession session)
    {
        var (own, askedAt) = (epochs.Current, Stopwatch.GetTimestamp());
        if (own.LeaseEndsAt is { } end && Stopwatch.GetElapsedTime(askedAt, end) > InstanceStore.Lease - RenewEvery)
            return;
        if (await InstanceStore.RenewAsync(session, own.Id, own.UptimeNow(time)))
            epochs.Current = own with { LeaseEndsAt = askedAt + InstanceStore.Ticks((long)InstanceStore.Lease.TotalMilliseconds) };
        else
            await EnterAnewAsync();
    }

    private async Task EnterAnewAsync()
    {
        await EnterAsync(_ending.Token);
        cache.Forget(_ => true);
    }

    private async Task LookAsync(DatabaseSession session)
    {
        var askedAt = Stopwatch.GetTimestamp();
        var left = epochs.Replace(await InstanceStore.ListAsync(session), askedAt);
        var revocations = await InstanceStore.RevocationsAsync(session);
        if (left || revocations != _revocations)
            cache.Forget(_ => true);
        _revocations = revocations;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Out of touch with the other processes on this database: {Reason}")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "In touch with the other processes on this database again")]
    private partial void LogBack();
}
