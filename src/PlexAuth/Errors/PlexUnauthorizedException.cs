namespace PlexAuth;

/// <summary>HTTP 401 (or 498, an expired token): login and password, or the token, are not accepted.</summary>
/// <remarks>Only this type says that a token is no longer good; every other failure leaves that open, so keep the token.</remarks>
public class PlexUnauthorizedException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexUnauthorizedException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>Whether the account service itself does not accept the key that a credential signs with. Any other refusal on that way may pass.</summary>
    internal bool DeviceKeyRefused { get; init; }
}
