namespace PlexAuth.Internal.Resources;

/// <summary>Which kind of address is preferred, best first.</summary>
internal enum CandidateRank
{
    LocalHttps,
    LocalHttp,
    Remote,
    Relay,
}

/// <summary>An address under which a server may be, and where that comes from.</summary>
internal sealed record Candidate(Uri Uri, PlexConnection? Connection, CandidateRank Rank)
{
    /// <summary>Why it is not even tried.</summary>
    public string? Refusal { get; init; }

    public PlexConnectAttempt Ended(PlexConnectOutcome outcome, string reason, TimeSpan elapsed = default) => new(Uri, outcome, reason, elapsed) { Connection = Connection };
}
