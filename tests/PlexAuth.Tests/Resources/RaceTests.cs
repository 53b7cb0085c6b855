using PlexAuth.Internal.Http;
using PlexAuth.Internal.Resources;

namespace PlexAuth.Tests.Resources;

/// <summary>How a search ends when its time is over before anybody answered.</summary>
[Collection(nameof(Keys.MemoryTests))]
public sealed class RaceTests : IDisposable
{
    private static readonly PlexConnectPolicy Policy = new() { Stagger = TimeSpan.FromMinutes(5), Timeout = TimeSpan.FromMinutes(10), AttemptTimeout = TimeSpan.FromMinutes(20) };

    private readonly FakeTimeProvider _time = new();
    private readonly SlowToGiveUp _addresses = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attempts_that_are_slow_to_give_up_are_waited_for_at_rest()
    {
        var race = RunAsync("https://one.test");
        _time.Advance(Policy.Timeout);

        var before = GC.GetTotalAllocatedBytes();
        await Task.Delay(TimeSpan.FromMilliseconds(200), Cancellation);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(4 * 1024 * 1024, "a loop that does not wait makes many times that");
        _addresses.GiveUp();

        (await race).Attempts.Single().Outcome.ShouldBe(PlexConnectOutcome.TimedOut);
    }

    [Fact]
    public async Task Where_no_address_answered_none_is_said_to_have_been_better()
    {
        var race = RunAsync("https://one.test", "https://two.test");
        _addresses.GiveUp();
        _time.Advance(Policy.Timeout);

        var result = await race;

        result.Winner.ShouldBeNull();
        result.Attempts.ShouldAllBe(attempt => attempt.Outcome == PlexConnectOutcome.TimedOut && !attempt.Reason.Contains("another address", StringComparison.Ordinal));
        result.Attempts[1].Reason.ShouldContain("not tried");
    }

    public void Dispose() => _addresses.Dispose();

    private async Task<RaceResult> RunAsync(params string[] addresses)
    {
        using var invoker = new HttpMessageInvoker(_addresses, disposeHandler: false);
        var probe = new Probe(invoker, new PlexResource(), new PlexServerToken("server-token"), new ClientSettings(Client.Options(o => o.TimeProvider = _time)));
        Candidate[] candidates = [.. addresses.Select(address => new Candidate(new Uri(address), Connection: null, CandidateRank.Remote))];
        return await new Race(candidates, probe, Policy, _time).RunAsync(first: null, Cancellation);
    }

    private sealed class SlowToGiveUp : HttpMessageHandler
    {
        private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void GiveUp() => _givenUp.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            await Task.WhenAll(cancelled.Task, _givenUp.Task);
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
