using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Audit;

/// <summary>Empties the outbox every few seconds.</summary>
internal sealed partial class NoticeSender(Database database, IPlexAuthNotifier notifier, TimeProvider time, ILogger<NoticeSender> logger) : BackgroundService
{
    private const int Portion = 50;
    private const int MostDoublings = 6;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    /// <returns>How many were delivered.</returns>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var delivered = 0;
        foreach (var notice in await database.ReadAsync(session => NoticeStore.ListDueAsync(session, time.GetUtcNow(), Portion), cancellationToken))
        {
            var nextTry = time.GetUtcNow() + (FirstWait * (1 << Math.Min(notice.Tries, MostDoublings)));
            if (await database.WriteAsync(session => NoticeStore.TakeAsync(session, notice, nextTry), cancellationToken) && await DeliverAsync(notice, cancellationToken))
                delivered++;
        }

        return delivered;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(cancellationToken);
        }
        catch (DatabaseUnavailableException exception)
        {
            LogPostponed(exception.Message);
        }
    }

    private async Task<bool> DeliverAsync(NoticeRow notice, CancellationToken cancellationToken)
    {
        try
        {
            await notifier.NotifyAsync(notice.ToNotice(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, notice.Id);
            return false;
        }

        await database.WriteAsync(session => NoticeStore.DeleteAsync(session, notice.Id), cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notices are postponed: {Reason}")]
    private partial void LogPostponed(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The notice of event {EventId} was not delivered and is tried again")]
    private partial void LogFailed(Exception exception, long eventId);
}
