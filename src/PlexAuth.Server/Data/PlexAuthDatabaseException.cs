namespace PlexAuth.Server;

/// <summary>The server's files cannot be used as they are: unreadable, damaged, foreign, too new, or open to other users of the machine.</summary>
/// <remarks>Thrown while the server starts. The message names the file and what to do, and nothing has been changed or replaced.</remarks>
public sealed class PlexAuthDatabaseException : Exception
{
    /// <summary>With a message for the person who runs the server.</summary>
    public PlexAuthDatabaseException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the person who runs the server, and the failure behind it.</summary>
    public PlexAuthDatabaseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
