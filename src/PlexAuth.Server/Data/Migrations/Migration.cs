using System.Globalization;

namespace PlexAuth.Server.Data;

/// <summary>One embedded file, <c>NNN_name.sql</c>, or <c>NNN_name.postgres.sql</c> for what only PostgreSQL has.</summary>
internal sealed record Migration(string Resource, string Name)
{
    public const string Table = "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";

    private const string Folder = "PlexAuth.Server.Data.Migrations.";
    private const string PostgresOnly = ".postgres";
    private static readonly IReadOnlyList<Migration> Every = Load();

    public long Version { get; } = long.Parse(Name.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture);

    public static IReadOnlyList<Migration> For(SqlDialect dialect) =>
        [.. Every.Where(migration => dialect == SqlDialect.Postgres || !migration.Name.EndsWith(PostgresOnly, StringComparison.Ordinal))];

    public static void RefuseNewer(long found)
    {
        var known = Every[^1].Version;
        if (found > known)
        {
            throw new PlexAuthDatabaseException(
                $"The database has schema version {found}, and this program knows only up to {known}. Use the newer program that wrote it, or restore a backup made before the upgrade.");
        }
    }

    public string Sql(SqlDialect dialect)
    {
        using var reader = new StreamReader(typeof(Migration).Assembly.GetManifestResourceStream(Resource)!);
        return dialect.Translate(reader.ReadToEnd());
    }

    private static Migration[] Load() =>
    [
        .. typeof(Migration).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource => new Migration(resource, Path.GetFileNameWithoutExtension(resource[Folder.Length..]))),
    ];
}
