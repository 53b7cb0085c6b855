using PlexAuth.Server.Data;

namespace PlexAuth.Server;

/// <summary>Saves a server's database to one file and puts it back.</summary>
/// <remarks>
/// The keys, <c>plexauth.keys</c> in the data directory, are not in a backup: keep a copy apart from it, as the two together open every second factor.
/// PostgreSQL has its own tools, <c>pg_dump</c> and <c>pg_restore</c>; after those, <see cref="QuarantineAsync"/> is what remains to do.
/// </remarks>
public static class PlexAuthBackup
{
    /// <summary>Copies an SQLite database as it is at one moment, also while servers use it. The file is for its owner alone.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="file">Must not be there yet; appears when it is complete.</param>
    /// <param name="cancellationToken">Looked at before the copy begins.</param>
    /// <exception cref="PlexAuthDatabaseException">There is no such database, it is on PostgreSQL, or <paramref name="file"/> is there already.</exception>
    public static async Task CreateAsync(PlexAuthServerOptions options, string file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(file);
        if (PostgresSettings.Wanted(options))
            throw new PlexAuthDatabaseException("This database is on PostgreSQL, which has its own tools: pg_dump --format=custom --file=plexauth.dump …");
        await Task.Run(() => SqliteBackup.Create(PathOf(options), Path.GetFullPath(file)), cancellationToken);
    }

    /// <summary>Makes an SQLite database from a backup, where there is none now.</summary>
    /// <param name="options">Where the database goes.</param>
    /// <param name="file">What <see cref="CreateAsync"/> wrote.</param>
    /// <param name="keepTokens">
    /// False ends all tokens, so that everybody signs in again: the backup cannot know which ones were revoked after it was made. True brings those back to life.
    /// Waiting PINs and web sessions end either way, and verification codes that may have been used are refused.
    /// </param>
    /// <param name="cancellationToken">Leaves nothing behind.</param>
    /// <exception cref="PlexAuthDatabaseException">There is a database already, or <paramref name="file"/> is no backup.</exception>
    public static async Task RestoreAsync(PlexAuthServerOptions options, string file, bool keepTokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(file);
        if (PostgresSettings.Wanted(options))
            throw new PlexAuthDatabaseException("This database is on PostgreSQL: restore it with pg_restore, then run this command without a file.");
        await SqliteBackup.RestoreAsync(PathOf(options), Path.GetFullPath(file), keepTokens, cancellationToken);
    }

    /// <summary>Does in place what <see cref="RestoreAsync"/> does to a restored database, for one on PostgreSQL that <c>pg_restore</c> put back.</summary>
    /// <param name="options">Which database.</param>
    /// <param name="keepTokens">As for <see cref="RestoreAsync"/>.</param>
    /// <param name="cancellationToken">Changes nothing when it comes before the commit.</param>
    /// <exception cref="PlexAuthDatabaseException">The database is not on PostgreSQL or cannot be used.</exception>
    public static async Task QuarantineAsync(PlexAuthServerOptions options, bool keepTokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!PostgresSettings.Wanted(options))
            throw new PlexAuthDatabaseException("Name the backup file to restore from.");
        using var database = new PostgresDatabase(PostgresSettings.From(options), TimeProvider.System);
        await database.OpenAsync(cancellationToken);
        await database.WriteAsync(
            async session =>
            {
                await Quarantine.ApplyAsync(session, SqlDialect.Postgres, keepTokens, TimeProvider.System.GetUtcNow());
                return 0;
            },
            cancellationToken);
    }

    private static string PathOf(PlexAuthServerOptions options) =>
        DatabaseLocation.From(options).Path ?? throw new PlexAuthDatabaseException("A database in memory cannot be saved. Set DataDirectory or Database.");
}
