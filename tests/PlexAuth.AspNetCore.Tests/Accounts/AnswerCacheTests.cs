using System.Runtime.CompilerServices;

namespace PlexAuth.AspNetCore.Tests.Accounts;

public sealed class AnswerCacheTests
{
    [Fact]
    public async Task A_failure_that_nobody_waits_for_any_more_is_none_of_the_process()
    {
        var unobserved = new List<Exception>();
        var failure = new PlexServerException("nobody waits for this");
        EventHandler<UnobservedTaskExceptionEventArgs> note = (_, args) =>
        {
            if (args.Exception.InnerExceptions.Contains(failure))
                unobserved.Add(failure);
        };
        TaskScheduler.UnobservedTaskException += note;
        try
        {
            await AskAndLeaveAsync(failure);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= note;
        }

        unobserved.ShouldBeEmpty();
    }

    /// <summary>In a method of its own, so that nothing here keeps the task alive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task AskAndLeaveAsync(PlexServerException failure)
    {
        var cache = new PlexAnswerCache<string>(new PlexCacheOptions(), new TestClock());
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leaving = new CancellationTokenSource();
        var token = new PlexToken(Person.Bob.Token);
        var waiting = cache.GetAsync(token, _ => asked.Task, leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);

        asked.SetException(failure);

        // The question is over once another one can be asked. Nobody may join it until then, so each of these leaves before it waits.
        var askedAnew = new TaskCompletionSource();
        while (!askedAnew.Task.IsCompleted)
        {
            var joining = cache.GetAsync(
                token,
                _ =>
                {
                    askedAnew.TrySetResult();
                    return Task.FromResult("answer");
                },
                leaving.Token).AsTask();
            await joining.ContinueWith(static _ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
