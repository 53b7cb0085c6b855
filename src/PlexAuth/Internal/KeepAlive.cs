using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PlexAuth.Internal;

/// <summary>Uses the token now and then, because one that is unused for long may lapse.</summary>
internal sealed partial class KeepAlive(PlexClient client, IOptions<PlexKeepAliveOptions> options, IOptions<PlexClientOptions> clientOptions, ILogger<KeepAlive> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clientOptions.Value.TimeProvider);
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

    /// <summary>Throws nothing but the end of the app: a background service that throws takes its host down.</summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            Report(await FindStatusAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (PlexSignInRequiredException)
        {
            // Nobody is signed in yet, so there is nothing to keep alive.
        }
        catch (Exception exception)
        {
            LogCheckFailure(exception);
        }
    }

    private async Task<PlexTokenStatus> FindStatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.Authentication.PingAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return PlexTokenStatus.Valid;
        }
        catch (PlexException exception) when (exception is not PlexSignInRequiredException)
        {
            return await client.Authentication.VerifyAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
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
            LogCallbackFailure(exception);
        }
    }

    [LoggerMessage(Message = "The Plex token is {Status}")]
    private partial void LogStatus(LogLevel level, PlexTokenStatus status);

    [LoggerMessage(Level = LogLevel.Error, Message = "The Plex token could not be checked: its credential, or a handler of PlexClient.TokenInvalidated, threw. The next check comes as usual")]
    private partial void LogCheckFailure(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "PlexKeepAliveOptions.OnChecked threw")]
    private partial void LogCallbackFailure(Exception exception);
}
