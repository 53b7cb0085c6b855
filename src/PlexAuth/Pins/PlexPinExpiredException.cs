namespace PlexAuth;

/// <summary>Nobody confirmed the PIN in its time, or the code is not known (code 1020).</summary>
/// <remarks>Where the service could not be reached for the last part of that time, the last failure is the inner exception.</remarks>
public sealed class PlexPinExpiredException : PlexPinException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexPinExpiredException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
