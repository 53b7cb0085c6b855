using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PlexAuth.Internal;

/// <summary>Uses the token now and then, because one that is unused for long may lapse.</summary>
internal sealed partial class KeepAlive(PlexClient client, IOptions<PlexKeepAliveOptions> options, IOptions<PlexClientOptions> clientOptions, ILogger<KeepAlive> logger)
    : BackgroundService
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.Interval < ShortestInterval ? ShortestInterval : options.Value.Interval;
        using var timer = new PeriodicTimer(interval, clientOptions.Value.TimeProvider);
        try
        {
            do
                await CheckAsync(stoppingToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app is stopping.
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.Authentication.PingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            Report(PlexTokenStatus.Valid);
        }
        catch (PlexSignInRequiredException)
        {
            // Nobody is signed in yet, so there is nothing to keep alive.
        }
        catch (PlexException)
        {
            Report(await client.Authentication.VerifyAsync(cancellationToken: cancellationToken).ConfigureAwait(false));
        }
    }

    private void Report(PlexTokenStatus status)
    {
        LogStatus(status == PlexTokenStatus.Valid ? LogLevel.Debug : LogLevel.Warning, status);
        try
        {
            options.Value.OnChecked?.Invoke(status);
        }
        catch (Exception exception)
        {
            LogFailure(exception);
        }
    }

    [LoggerMessage(Message = "The Plex token is {Status}")]
    private partial void LogStatus(LogLevel level, PlexTokenStatus status);

    [LoggerMessage(Level = LogLevel.Error, Message = "PlexKeepAliveOptions.OnChecked threw")]
    private partial void LogFailure(Exception exception);
}
