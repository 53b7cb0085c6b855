namespace PlexAuth;

/// <summary>Code 1028: the verification code is wrong or was used already. Ask for a new one; a handler of the base type does that too.</summary>
public sealed class PlexVerificationCodeException : PlexTwoFactorRequiredException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexVerificationCodeException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
