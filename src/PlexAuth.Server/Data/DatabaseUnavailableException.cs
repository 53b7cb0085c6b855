namespace PlexAuth.Server.Data;

/// <summary>The database cannot be used now (locked by another process, disk full, read-only, out of reach). Trying again later is right.</summary>
/// <remarks>Nothing was written, with one exception: when the connection to PostgreSQL breaks during a commit, nobody can tell.</remarks>
internal sealed class DatabaseUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(2);
}
