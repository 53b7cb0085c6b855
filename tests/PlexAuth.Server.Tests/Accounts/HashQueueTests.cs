using PlexAuth.Server.Accounts;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Accounts;

[Requirement("RD1")]
public sealed class HashQueueTests : IDisposable
{
    private static readonly int Workers = Math.Max(1, Environment.ProcessorCount - 1);
    private readonly FakeTimeProvider _time = new();
    private readonly ManualResetEventSlim _release = new();
    private readonly CountdownEvent _busy = new(Workers);

    [Fact]
    public async Task Work_is_done_on_threads_of_its_own()
    {
        using var queue = new HashQueue(_time);

        (await queue.RunAsync(() => Thread.CurrentThread.Name, RulesHost.Cancelled)).ShouldBe("plexauth-hash");
    }

    [Fact]
    public async Task A_full_queue_turns_away_at_once_and_hashes_nothing_for_those()
    {
        using var queue = new HashQueue(_time);
        var running = OccupyWorkers(queue);
        var hashed = 0;
        var waiting = Enumerable.Range(0, Workers * 15).Select(_ => queue.RunAsync(() => Interlocked.Increment(ref hashed), RulesHost.Cancelled)).ToList();

        await Should.ThrowAsync<HashQueueFullException>(queue.RunAsync(() => Interlocked.Increment(ref hashed), RulesHost.Cancelled));

        _release.Set();
        await Task.WhenAll([.. running, .. waiting]);
        hashed.ShouldBe(waiting.Count);
    }

    [Fact]
    public async Task Whoever_has_waited_three_seconds_is_turned_away_unhashed()
    {
        using var queue = new HashQueue(_time);
        var running = OccupyWorkers(queue);
        var hashed = 0;
        var waiting = queue.RunAsync(() => Interlocked.Increment(ref hashed), RulesHost.Cancelled);

        _time.Advance(HashQueue.Patience);

        await Should.ThrowAsync<HashQueueFullException>(waiting.WaitAsync(TimeSpan.FromSeconds(30), RulesHost.Cancelled));
        _release.Set();
        await Task.WhenAll(running);
        await queue.RunAsync(() => 0, RulesHost.Cancelled);
        hashed.ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_left_is_not_hashed_for()
    {
        using var queue = new HashQueue(_time);
        var running = OccupyWorkers(queue);
        using var leaving = new CancellationTokenSource();
        var hashed = 0;
        var waiting = queue.RunAsync(() => Interlocked.Increment(ref hashed), leaving.Token);

        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting.WaitAsync(TimeSpan.FromSeconds(30), RulesHost.Cancelled));
        _release.Set();
        await Task.WhenAll(running);
        await queue.RunAsync(() => 0, RulesHost.Cancelled);
        hashed.ShouldBe(0);
    }

    [Fact]
    public async Task What_goes_wrong_while_hashing_is_the_callers_to_see()
    {
        using var queue = new HashQueue(_time);

        await Should.ThrowAsync<FormatException>(queue.RunAsync<int>(() => throw new FormatException(), RulesHost.Cancelled));
    }

    public void Dispose()
    {
        _release.Dispose();
        _busy.Dispose();
    }

    private List<Task<int>> OccupyWorkers(HashQueue queue)
    {
        var running = Enumerable.Range(0, Workers).Select(_ => queue.RunAsync(
            () =>
            {
                _busy.Signal();
                _release.Wait(RulesHost.Cancelled);
                return 0;
            },
            RulesHost.Cancelled)).ToList();
        _busy.Wait(RulesHost.Cancelled);
        return running;
    }
}
