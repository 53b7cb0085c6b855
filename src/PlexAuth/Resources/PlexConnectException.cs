namespace PlexAuth;

/// <summary>No address of a media server works. The message names each with its reason.</summary>
public sealed class PlexConnectException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexConnectException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>Every address with its reason, best first; empty if there was none to try.</summary>
    public IReadOnlyList<PlexConnectAttempt> Attempts { get; init; } = [];
}
