using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace PlexAuth.AspNetCore.Accounts;

/// <summary>Whether the account services that this application asks have answered lately. Says so in the log when that changes, not for every call.</summary>
internal sealed partial class AccountServiceHealth(ILogger<AccountServiceHealth> logger) : IHealthCheck
{
    private readonly ConcurrentDictionary<Uri, DateTimeOffset> _silentSince = new();

    public void Answered(Uri service, DateTimeOffset now)
    {
        if (!_silentSince.IsEmpty && _silentSince.TryRemove(service, out var since))
            LogAnswersAgain(service.Authority, (long)(now - since).TotalSeconds);
    }

    public void Failed(Uri service, DateTimeOffset now, PlexException failure)
    {
        if (_silentSince.TryAdd(service, now))
            LogSilent(service.Authority, failure.GetType().Name);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silent = _silentSince.ToArray();
        return Task.FromResult(silent.Length == 0 ? HealthCheckResult.Healthy() : new HealthCheckResult(
            context.Registration.FailureStatus, string.Join(' ', silent.Select(one => $"{one.Key.Authority} has not answered since {one.Value:u}."))));
    }

    [LoggerMessage(2200, LogLevel.Warning, "The account service {Service} does not answer ({Failure}). What it said before goes on counting for a while")]
    private partial void LogSilent(string service, string failure);

    [LoggerMessage(2201, LogLevel.Information, "The account service {Service} answers again, after {Seconds} s")]
    private partial void LogAnswersAgain(string service, long seconds);
}
