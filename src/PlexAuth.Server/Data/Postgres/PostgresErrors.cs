using Npgsql;

namespace PlexAuth.Server.Data;

/// <summary>What PostgreSQL's failures mean here.</summary>
internal static class PostgresErrors
{
    /// <summary>Two characters: connection lost, out of resources (disk full, too many connections), stopped by somebody, input or output failed.</summary>
    private static readonly string[] UnavailableClasses = ["08", "53", "57", "58"];

    public static bool IsUniqueViolation(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    /// <summary>Another write came between. Nothing was written, and the same write may go through now.</summary>
    public static bool IsConflict(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ReadOnlySqlTransaction } => true,
        PostgresException refused => UnavailableClasses.Contains(refused.SqlState[..2], StringComparer.Ordinal),
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>A sentence for logs: the driver's messages name host and user at most.</summary>
    public static string Describe(Exception exception) => exception is PostgresException refused ? $"{refused.SqlState} {refused.MessageText}" : exception.Message.TrimEnd('.');
}
