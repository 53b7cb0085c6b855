using System.Data.Common;
using Npgsql;

namespace PlexAuth.Server.Data;

/// <summary>Reads what people write to reach PostgreSQL. Nothing here repeats a connection string: a password may be in it.</summary>
internal static class PostgresSettings
{
    /// <summary>For one statement, and for making a connection.</summary>
    public const int TimeoutSeconds = 3;

    public const int PoolSize = 20;

    private const string Expected = "Write it as \"Host=db.example.com;Database=plexauth;Username=plexauth;Password=…\".";
    private static readonly string[] HostKeys = ["Host", "Server"];

    public static bool Wanted(PlexAuthServerOptions options) => options.Database is { } text && (IsUrl(text) || HasHost(text));

    public static NpgsqlConnectionStringBuilder From(PlexAuthServerOptions options)
    {
        if (IsUrl(options.Database!))
            throw new PlexAuthDatabaseException($"The database setting is a URL, which is not understood here. {Expected}");
        // A replica's keys are a copy of the first one's, never made up again in memory.
        if (options.DataDirectory is null)
            throw new PlexAuthDatabaseException("With a Host in the database setting, DataDirectory must name a directory for the keys, which every replica needs a copy of.");
        var settings = Parse(options.Database!);
        settings.Timeout = TimeoutSeconds;
        settings.CommandTimeout = TimeoutSeconds;
        settings.MaxPoolSize = PoolSize;
        settings.ApplicationName ??= "plexauth";
        settings.IncludeErrorDetail = false;
        // A process that stops in the middle of a write must not keep the others from theirs; a commit that is acknowledged must be on disk.
        settings.Options = $"-c synchronous_commit=on -c idle_in_transaction_session_timeout=5000 -c lock_timeout=2500 {settings.Options}";
        return settings;
    }

    private static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or NotSupportedException or OverflowException)
        {
#pragma warning disable MA0054 // Not passed on: the message could quote a password with a semicolon in it.
            throw new PlexAuthDatabaseException($"The database setting has a part that PostgreSQL's driver does not know. {Expected} A value with a semicolon in it needs quotes.");
#pragma warning restore MA0054
        }
    }

    private static bool IsUrl(string text) => text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static bool HasHost(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return HostKeys.Any(parts.ContainsKey);
        }
        catch (ArgumentException)
        {
            // Malformed; whoever reads it next says so.
            return HostKeys.Any(key => text.StartsWith(key + "=", StringComparison.OrdinalIgnoreCase));
        }
    }
}
