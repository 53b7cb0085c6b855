namespace PlexAuth;

/// <summary>HTTP 403: the token is good but does not permit this; another account, or the owner of the server, is needed.</summary>
public class PlexForbiddenException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexForbiddenException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
