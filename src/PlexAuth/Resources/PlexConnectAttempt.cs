namespace PlexAuth;

/// <summary>One address that was considered, and what came of it.</summary>
/// <param name="Uri">The address.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">The same in words, with what to do about it; fit to be shown.</param>
/// <param name="Elapsed">How long it took; zero if it was not tried.</param>
public sealed record PlexConnectAttempt(Uri Uri, PlexConnectOutcome Outcome, string Reason, TimeSpan Elapsed)
{
    /// <summary>The advertised connection the address comes from; null for an address of the policy.</summary>
    public PlexConnection? Connection { get; init; }
}
