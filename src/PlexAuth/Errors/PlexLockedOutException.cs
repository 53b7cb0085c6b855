namespace PlexAuth;

/// <summary>Code 1031: too many failed sign-ins from this network. Trying again makes it last longer.</summary>
/// <remarks>Not an unauthorized answer on purpose: a program that asks for the password again would prolong the lock.</remarks>
public sealed class PlexLockedOutException : PlexException
{
    /// <inheritdoc cref="PlexException(string, Exception?)"/>
    public PlexLockedOutException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
