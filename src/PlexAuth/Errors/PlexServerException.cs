namespace PlexAuth;

/// <summary>HTTP 5xx: the server could not do its part. Nothing is known about the token.</summary>
public sealed class PlexServerException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexServerException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>How long the server asked to wait, as sent and not capped; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
