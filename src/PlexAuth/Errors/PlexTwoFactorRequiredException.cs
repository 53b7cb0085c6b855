namespace PlexAuth;

/// <summary>Code 1029: login and password are right, and the account also wants a verification code. Ask for one and sign in again with it.</summary>
public class PlexTwoFactorRequiredException : PlexUnauthorizedException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexTwoFactorRequiredException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
