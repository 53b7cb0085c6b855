namespace PlexAuth;

/// <summary>HTTP 400: a parameter is missing or has a value the server does not know (codes 1000 and 1004). Sending it again will not help.</summary>
public sealed class PlexBadRequestException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexBadRequestException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
