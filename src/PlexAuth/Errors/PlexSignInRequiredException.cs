namespace PlexAuth;

/// <summary>There is no token for an operation that needs one, so no request was made.</summary>
public sealed class PlexSignInRequiredException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexSignInRequiredException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
