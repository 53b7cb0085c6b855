using Microsoft.Extensions.Logging;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Audit;

/// <summary>Empties the outbox every few seconds.</summary>
internal sealed partial class NoticeSender(Database database, IPlexAuthNotifier notifier, TimeProvider time, ILogger<NoticeSender> logger)
    : RegularService("Sending notices", Interval, time, logger)
{
    private const int Portion = 50;
    private const int MostDoublings = 6;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);

    /// <returns>How many were delivered.</returns>
    public async Task<int> SendAsync(CancellationToken cancellationToken)
    {
        var delivered = 0;
        foreach (var notice in await database.ReadAsync(session => NoticeStore.ListDueAsync(session, Time.GetUtcNow(), Portion), cancellationToken))
        {
            var nextTry = Time.GetUtcNow() + (FirstWait * (1 << Math.Min(notice.Tries, MostDoublings)));
            if (await database.WriteAsync(session => NoticeStore.TakeAsync(session, notice, nextTry), cancellationToken) && await DeliverAsync(notice, cancellationToken))
                delivered++;
        }

        return delivered;
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => SendAsync(cancellationToken);

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The notice of event {EventId} was not delivered and is tried again")]
    private partial void LogFailed(Exception exception, long eventId);
}
