namespace PlexAuth;

/// <summary>HTTP 429: too many calls. Wait, then try again.</summary>
public sealed class PlexRateLimitedException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexRateLimitedException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>How long the server asked to wait, as sent and not capped; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
