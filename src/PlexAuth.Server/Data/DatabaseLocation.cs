using Microsoft.Data.Sqlite;

namespace PlexAuth.Server.Data;

/// <summary>Where the database and its keys are: files, or nowhere when everything is in memory.</summary>
internal sealed record DatabaseLocation(string? Path, string? Directory)
{
    private const string FileName = "plexauth.db";
    private const string KeyFileName = "plexauth.keys";

    /// <summary>In <see cref="Directory"/>, unless it is mounted from elsewhere.</summary>
    public string? KeyFile { get; private init; }

    public static DatabaseLocation From(PlexAuthServerOptions options) => Files(options) is { Directory: { } directory } location
        ? location with { KeyFile = System.IO.Path.GetFullPath(options.KeyFile ?? System.IO.Path.Combine(directory, KeyFileName)) }
        : new(null, null);

    private static DatabaseLocation Files(PlexAuthServerOptions options)
    {
        if (PostgresSettings.Wanted(options))
            return new(null, System.IO.Path.GetFullPath(options.DataDirectory!));
        var path = options.Database is null
            ? options.DataDirectory is null ? null : System.IO.Path.Combine(options.DataDirectory, FileName)
            : DataSource(options.Database);
        if (path is null or ":memory:" or "")
            return new(null, null);

        path = System.IO.Path.GetFullPath(path);
        return new(path, options.DataDirectory is null ? System.IO.Path.GetDirectoryName(path) : System.IO.Path.GetFullPath(options.DataDirectory));
    }

    private static string DataSource(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString).DataSource;
        }
        catch (ArgumentException exception)
        {
            throw new PlexAuthDatabaseException(
                "The database setting is not an SQLite connection string. Write it as \"Data Source=/path/to/plexauth.db\", or as \"Host=…;Database=…;Username=…\" for PostgreSQL.", exception);
        }
    }
}
