using Microsoft.Extensions.Logging;
using PlexAuth.Server.Devices;

namespace PlexAuth.Server.Data;

/// <summary>Tidies up every minute, in portions small enough that no writer waits for it.</summary>
internal sealed class ExpirySweeper(Database database, IEnumerable<ExpirySweep> sweeps, Ballast ballast, DeviceActivity activity, TimeProvider time, ILogger<ExpirySweeper> logger)
    : RegularService("Tidying up", Interval, time, logger)
{
    private const int Portion = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long _activityWrittenAt = time.GetTimestamp();

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
                var parameters = new { now = Time.GetUtcNow().ToUnixTimeMilliseconds(), limit = Portion };
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
        catch (DatabaseUnavailableException exception) when (SqliteEngine.IsDiskFull(exception.InnerException))
        {
            if (!ballast.Release())
                throw;
            await SweepAsync(cancellationToken);
        }
    }

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        await TryAsync(TidyAsync, cancellationToken);
        if (Time.GetElapsedTime(_activityWrittenAt) < DeviceActivity.Interval)
            return;
        _activityWrittenAt = Time.GetTimestamp();
        await activity.WriteAsync(cancellationToken);
    }
}
