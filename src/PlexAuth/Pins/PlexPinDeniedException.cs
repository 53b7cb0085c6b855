namespace PlexAuth;

/// <summary>The PIN was taken away before its time: the person said no.</summary>
/// <remarks>Services answer a denied PIN as one that never was (code 1020), so a PIN asked for under another client identifier looks the same.</remarks>
public sealed class PlexPinDeniedException : PlexPinException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexPinDeniedException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
