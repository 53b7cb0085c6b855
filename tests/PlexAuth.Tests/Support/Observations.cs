using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PlexAuth.Tests;

/// <summary>The spans and measured outcomes of one test's calls, and of no other test's that runs beside it.</summary>
internal sealed class Observations : IDisposable
{
    private readonly Activity _test = new Activity("test").Start();
    private readonly ActivityListener _traces;
    private readonly MeterListener _meter;

    public Observations()
    {
        _traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "PlexAuth",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId == _test.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_traces);
        _meter = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == "PlexAuth") self.EnableMeasurementEvents(instrument); } };
        _meter.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (Activity.Current?.TraceId == _test.TraceId)
                Outcomes.Enqueue((values["operation"], values["outcome"]));
        });
        _meter.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    public ConcurrentQueue<(object? Operation, object? Outcome)> Outcomes { get; } = new();

    public void Dispose()
    {
        _meter.Dispose();
        _traces.Dispose();
        _test.Dispose();
    }
}
