namespace PlexAuth;

/// <summary>An answer came that is none of Plex: unreadable, too large, a redirect, or a page of something in between such as a captive portal.</summary>
public sealed class PlexProtocolException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexProtocolException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
