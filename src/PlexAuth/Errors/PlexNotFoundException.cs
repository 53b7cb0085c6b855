namespace PlexAuth;

/// <summary>HTTP 404: there is nothing at this address; often the address of the account service or media server is wrong.</summary>
public sealed class PlexNotFoundException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexNotFoundException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
