using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.MediaServer.Authority;

/// <summary>Tells the account service where this media server is: when it starts, when it is claimed, and every minute.</summary>
internal sealed partial class PresenceReporter(
    AccountServiceLink accounts, OwnClaim claim, OwnConnections connections, IOptions<PlexAuthServerOptions> options, TimeProvider time, ILogger<PresenceReporter> logger)
    : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _reporting = Task.CompletedTask;
    private string? _trouble;

    public async Task ReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await claim.FindAsync(cancellationToken) is { } token)
            {
                claim.IsDisowned = !await accounts.ReportAsync(token, connections.List(), cancellationToken);
                Notice(claim.IsDisowned ? "it does not know this server any more. Its owner can claim it anew" : null);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Notice(e.Message);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Only now is it known where the server listens.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Value.AccountUrl is not null)
            _reporting = KeepReportingAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    public Task StopAsync(CancellationToken cancellationToken) => _reporting;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task KeepReportingAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
                await ReportAsync(cancellationToken);
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Logs what changed, and not every minute that it is so.</summary>
    private void Notice(string? trouble)
    {
        if (trouble is not null && trouble != _trouble)
            NotReported(trouble);
        _trouble = trouble;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The account service was not told where this server is: {Trouble}")]
    private partial void NotReported(string trouble);
}
