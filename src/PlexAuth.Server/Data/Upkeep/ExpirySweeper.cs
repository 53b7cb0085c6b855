using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlexAuth.Server.Devices;

namespace PlexAuth.Server.Data;

/// <summary>Tidies up every minute, in portions small enough that no writer waits for it.</summary>
internal sealed partial class ExpirySweeper(Database database, IEnumerable<ExpirySweep> sweeps, Ballast ballast, DeviceActivity activity, TimeProvider time, ILogger<ExpirySweeper> logger) : BackgroundService
{
    private const int Portion = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(activity.WriteAsync, cancellationToken);
    }

    /// <returns>How many rows were deleted.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var sweep in sweeps)
        {
            int deleted;
            do
            {
                var parameters = new { now = time.GetUtcNow().ToUnixTimeMilliseconds(), limit = Portion };
                deleted = await database.WriteAsync(session => session.ExecuteAsync(sweep.Sql, parameters), cancellationToken);
                total += deleted;
            }
            while (deleted == Portion);
        }

        return total;
    }

    /// <summary>Sweeps on a full disk too, in the space that was held back for it.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
            ballast.Restore();
        }
        catch (DatabaseUnavailableException exception) when (SqliteEngine.IsDiskFull(exception.InnerException) && ballast.Release())
        {
            await SweepAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await SweepRegularlyAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that is disposed without having been stopped would take the end of this service for a failure.
        }
    }

    private async Task SweepRegularlyAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var writtenAt = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(TidyAsync, stoppingToken);
            if (time.GetElapsedTime(writtenAt) < DeviceActivity.Interval)
                continue;
            await TryAsync(activity.WriteAsync, stoppingToken);
            writtenAt = time.GetTimestamp();
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> tidy, CancellationToken cancellationToken)
    {
        try
        {
            await tidy(cancellationToken);
        }
        catch (DatabaseUnavailableException exception)
        {
            LogPostponed(exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tidying up is postponed: {Reason}")]
    private partial void LogPostponed(string reason);
}
