namespace PlexAuth;

/// <summary>What <see cref="PlexClient.TokenInvalidated"/> tells.</summary>
/// <param name="reason">Why the token is of no use any more.</param>
public sealed class PlexTokenInvalidatedEventArgs(PlexTokenInvalidReason reason) : EventArgs
{
    /// <summary>Why the token is of no use any more.</summary>
    public PlexTokenInvalidReason Reason { get; } = reason;
}
