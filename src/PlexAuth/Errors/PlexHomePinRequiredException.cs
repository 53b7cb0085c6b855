namespace PlexAuth;

/// <summary>Code 1041: this person of the Home is protected by a PIN, and none or a wrong one was given. Ask for it and switch again.</summary>
public sealed class PlexHomePinRequiredException : PlexForbiddenException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexHomePinRequiredException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
