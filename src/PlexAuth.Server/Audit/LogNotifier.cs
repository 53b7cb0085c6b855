using Microsoft.Extensions.Logging;

namespace PlexAuth.Server.Audit;

/// <summary>Where nobody is told otherwise: people find the same under /account.</summary>
internal sealed partial class LogNotifier(ILogger<LogNotifier> logger) : IPlexAuthNotifier
{
    public Task NotifyAsync(PlexAuthNotice notice, CancellationToken cancellationToken)
    {
        LogEvent(notice.Event.AccountId, notice.Event.Kind);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {AccountId}: {Kind}")]
    private partial void LogEvent(int? accountId, string kind);
}
