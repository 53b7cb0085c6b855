using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlexAuth.Server.Data;

/// <summary>Does its work again and again for as long as the host runs. Work that fails waits for the next time: a background service that throws takes its host down.</summary>
internal abstract partial class RegularService(string work, TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    protected TimeProvider Time { get; } = time;

    protected abstract Task WorkAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, Time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryAsync(WorkAsync, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A host that is disposed without having been stopped would take the end of this service for a failure.
        }
    }

    protected async Task TryAsync(Func<CancellationToken, Task> attempt, CancellationToken cancellationToken)
    {
        try
        {
            await attempt(cancellationToken);
        }
        catch (DatabaseUnavailableException exception)
        {
            LogPostponed(work, exception.Message);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, work);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} is postponed: {Reason}")]
    private partial void LogPostponed(string work, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed and is tried again")]
    private partial void LogFailed(Exception exception, string work);
}
