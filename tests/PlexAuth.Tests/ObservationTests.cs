using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PlexAuth.Tests;

public sealed class ObservationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_without_an_address_is_an_error_and_not_cancelled() =>
        await ShouldEndAsErrorAsync<InvalidOperationException>(o => o.ServerUrl = null);

    [Fact]
    public async Task A_credentials_own_exception_is_an_error_and_not_a_cancellation() =>
        await ShouldEndAsErrorAsync<FormatException>(o => o.Credential = PlexCredential.Create((_, _) => throw new FormatException()));

    private static async Task ShouldEndAsErrorAsync<TException>(Action<PlexClientOptions> configure) where TException : Exception
    {
        using var test = new Activity("test").Start();
        var (spans, outcomes) = (new ConcurrentQueue<Activity>(), new ConcurrentQueue<object?>());
        using var traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "PlexAuth",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId == test.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(traces);
        using var meter = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == "PlexAuth") self.EnableMeasurementEvents(instrument); } };
        meter.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            if (Activity.Current?.TraceId == test.TraceId)
                outcomes.Enqueue(tags.ToArray().Single(tag => tag.Key == "outcome").Value);
        });
        meter.Start();

        await Should.ThrowAsync<TException>(() => Client.Over(new StubHandler(), configure).GetTransientTokenAsync(cancellationToken: Cancellation));

        outcomes.ShouldHaveSingleItem().ShouldBe("error");
        var span = spans.ShouldHaveSingleItem();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("error.type").ShouldBe("error");
    }
}
