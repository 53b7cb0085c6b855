namespace PlexAuth;

/// <summary>What kind of transient token to ask for. The defaults are the only values media servers know.</summary>
public sealed record PlexTransientTokenRequest
{
    /// <summary>The parameter <c>type</c>.</summary>
    /// <value><c>delegation</c>.</value>
    public string Type { get; init; } = "delegation";

    /// <summary>The parameter <c>scope</c>.</summary>
    /// <value><c>all</c>.</value>
    public string Scope { get; init; } = "all";

    /// <summary>Ask by GET, as clients up to 2025 did and as some old servers want it.</summary>
    /// <value><see langword="false"/>: POST.</value>
    public bool UseGet { get; init; }
}
