using System.Globalization;

namespace PlexAuth.Internal.Resources;

/// <summary>How a race ended.</summary>
/// <param name="Winner">Null if no address works.</param>
/// <param name="Attempts">One for each candidate, in their order.</param>
internal sealed record RaceResult(Candidate? Winner, IReadOnlyList<PlexConnectAttempt> Attempts);

/// <summary>
/// Tries the candidates one after the other, each a little later than the one before, or at once when that one fails. The first that works wins, unless a
/// candidate of a better rank does so within the time that preference is worth.
/// </summary>
internal sealed class Race(IReadOnlyList<Candidate> candidates, Probe probe, PlexConnectPolicy policy, TimeProvider time)
{
    private readonly Dictionary<Candidate, PlexConnectAttempt> _ended = [];
    private readonly Dictionary<Task<PlexConnectAttempt>, Candidate> _running = [];
    private readonly Queue<Candidate> _waiting = [];
    private Candidate? _best;

    /// <param name="first">What worked the last time, which starts first but is not preferred for it.</param>
    /// <param name="cancellationToken">Ends the race without a result.</param>
    public async Task<RaceResult> RunAsync(Uri? first, CancellationToken cancellationToken)
    {
        using var ending = new CancellationTokenSource(policy.Timeout, time);
        using var forwarded = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), ending);
        foreach (var candidate in candidates.OrderByDescending(candidate => candidate.Uri == first))
        {
            if (candidate.Refusal is { } refusal)
                _ended[candidate] = candidate.Ended(PlexConnectOutcome.NotAllowed, refusal);
            else
                _waiting.Enqueue(candidate);
        }

        await RunAsync(ending.Token).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Keys).ConfigureAwait(false);
        List<Candidate> cutOff = [.. _running.Values];
        await CollectAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (_best is not null)
            cutOff.ForEach(candidate => _ended[candidate] = CutOff(_ended[candidate]));

        return new(_best, [.. candidates.Select(EndOf)]);
    }

    private async Task RunAsync(CancellationToken ending)
    {
        Task? preference = null;
        while (!ending.IsCancellationRequested && preference is not { IsCompleted: true })
        {
            Start(ending);
            if (!_running.Values.Any(IsWanted))
                return;

            var pause = preference ?? (_waiting.Count > 0 ? Task.Delay(policy.Stagger, time, ending) : Task.Delay(Timeout.InfiniteTimeSpan, time, ending));
            await Task.WhenAny([.. _running.Keys, pause]).ConfigureAwait(false);
            await CollectAsync().ConfigureAwait(false);
            if (_best is not null)
                preference ??= Task.Delay(policy.Preference, time, ending);
        }
    }

    /// <summary>The next one; once there is an answer, all that would still be better.</summary>
    private void Start(CancellationToken ending)
    {
        do
        {
            if (_waiting.TryDequeue(out var next) && IsWanted(next))
                _running.Add(probe.TryAsync(next, policy.AttemptTimeout, ending), next);
        }
        while (_best is not null && _waiting.Count > 0);
    }

    private bool IsWanted(Candidate candidate) => _best is null || candidate.Rank < _best.Rank;

    private async Task CollectAsync()
    {
        foreach (var (task, candidate) in _running.Where(one => one.Key.IsCompleted).ToList())
        {
            _running.Remove(task);
            var attempt = _ended[candidate] = await task.ConfigureAwait(false);
            if (attempt.Outcome == PlexConnectOutcome.Connected && IsWanted(candidate))
                _best = candidate;
        }
    }

    /// <summary>An attempt that the answer of another ended.</summary>
    private static PlexConnectAttempt CutOff(PlexConnectAttempt attempt) => attempt.Outcome != PlexConnectOutcome.TimedOut ? attempt : attempt with
    {
        Outcome = PlexConnectOutcome.NotNeeded,
        Reason = string.Create(CultureInfo.InvariantCulture, $"no answer in {attempt.Elapsed.TotalSeconds:0.##} s; by then another address had answered"),
    };

    private PlexConnectAttempt EndOf(Candidate candidate)
    {
        if (!_ended.TryGetValue(candidate, out var attempt))
        {
            return _best is null
                ? candidate.Ended(PlexConnectOutcome.TimedOut, "not tried: the time for the whole search was over")
                : candidate.Ended(PlexConnectOutcome.NotNeeded, "not needed: another address answered first");
        }

        return attempt.Outcome == PlexConnectOutcome.Connected && candidate != _best
            ? attempt with { Outcome = PlexConnectOutcome.Reachable, Reason = "works too, but another address is better" }
            : attempt;
    }
}
