namespace PlexAuth;

/// <summary>No complete answer came: no connection, a broken one, or the timeout passed.</summary>
/// <remarks>An operation with an effect, such as a sign-in, may have happened all the same.</remarks>
public sealed class PlexNetworkException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexNetworkException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
