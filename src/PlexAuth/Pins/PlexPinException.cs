namespace PlexAuth;

/// <summary>A sign-in by PIN that ended without a token. Start another one; this PIN will not come back.</summary>
public class PlexPinException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexPinException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
