using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;

namespace PlexAuth.Internal.Http;

/// <summary>The trace, measurement and log lines of one call, or of several that are one wait. Tags are taken from closed sets: operation, status, type of failure.</summary>
internal sealed partial class CallObservation : IDisposable
{
    private static readonly ActivitySource Traces = new("PlexAuth");
    private static readonly Meter Measurements = new("PlexAuth");
    private static readonly Histogram<double> Durations =
        Measurements.CreateHistogram<double>("plexauth.client.duration", "s", "Time of a whole call, retries included.");

    private readonly Operation _operation;
    private readonly ClientSettings _settings;
    private readonly Activity? _activity;
    private readonly long _started;
    private string _outcome = "cancelled";

    public CallObservation(Operation operation, ClientSettings settings)
    {
        _operation = operation;
        _settings = settings;
        _activity = Traces.StartActivity(operation.Span, ActivityKind.Client);
        _started = settings.TimeProvider.GetTimestamp();
    }

    public void Succeeded() => _outcome = "ok";

    public void Answered(HttpStatusCode status)
    {
        _activity?.SetTag("http.response.status_code", (int)status);
        LogAnswered(_settings.Logger, _operation.Name, (int)status);
    }

    public void Retrying(PlexException failure, TimeSpan delay) =>
        LogRetrying(_settings.Logger, _operation.Name, failure.GetType().Name, delay.TotalMilliseconds);

    /// <param name="failure">Anything but a cancellation. What is not Plex's, such as an exception of the app's own credential, has no type of the closed set.</param>
    public void Failed(Exception failure)
    {
        var plex = failure as PlexException;
        _outcome = plex?.GetType().Name ?? "error";
        _activity?.SetStatus(ActivityStatusCode.Error, _outcome);
        _activity?.SetTag("error.type", _outcome);
        LogFailed(_settings.Logger, _operation.Name, _outcome, (int?)plex?.StatusCode, plex?.RequestId);
    }

    public void Dispose()
    {
        if (Durations.Enabled)
        {
            Durations.Record(
                _settings.TimeProvider.GetElapsedTime(_started).TotalSeconds,
                new("operation", _operation.Span),
                new KeyValuePair<string, object?>("outcome", _outcome));
        }

        _activity?.Dispose();
    }

    [LoggerMessage(1, LogLevel.Debug, "Plex {Operation} answered {Status}")]
    private static partial void LogAnswered(ILogger logger, string operation, int status);

    [LoggerMessage(2, LogLevel.Information, "Plex {Operation} failed with {Failure}, next attempt in {Delay} ms")]
    private static partial void LogRetrying(ILogger logger, string operation, string failure, double delay);

    [LoggerMessage(3, LogLevel.Warning, "Plex {Operation} failed with {Failure} (HTTP {Status}, request {RequestId})")]
    private static partial void LogFailed(ILogger logger, string operation, string failure, int? status, string? requestId);
}
