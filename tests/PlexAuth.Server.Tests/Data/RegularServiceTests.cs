using Microsoft.Extensions.Logging.Abstractions;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Tests.Data;

public sealed class RegularServiceTests
{
    [Fact]
    public async Task Work_that_fails_is_tried_again_and_takes_no_host_down()
    {
        var time = new FakeTimeProvider();
        using var failing = new FailingService(time);
        await failing.StartAsync(RulesHost.Cancelled);

        while (failing.Attempts < 3 && failing.ExecuteTask is not { IsCompleted: true })
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, RulesHost.Cancelled);
        }

        failing.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await failing.StopAsync(RulesHost.Cancelled);
        failing.ExecuteTask.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private sealed class FailingService(TimeProvider time) : RegularService("Failing", TimeSpan.FromSeconds(1), time, NullLogger.Instance)
    {
        private int _attempts;

        public int Attempts => Volatile.Read(ref _attempts);

        protected override Task WorkAsync(CancellationToken cancellationToken) => Interlocked.Increment(ref _attempts) % 2 == 0
            ? throw new DatabaseUnavailableException("The database is away.")
            : throw new InvalidOperationException("Nobody thought of this.");
    }
}
