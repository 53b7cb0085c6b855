namespace PlexAuth.Server.Data;

/// <summary>The database cannot take this write now (locked by another process, disk full or read-only). Nothing was written; trying again later is right.</summary>
internal sealed class DatabaseUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(2);
}
