namespace PlexAuth.Server.Data;

/// <summary>What the SQL text of migrations cannot say in one way for every engine.</summary>
internal sealed record SqlDialect(string Blob, string Identity)
{
    /// <summary>AUTOINCREMENT, because an id must never come back: a transient token names its parent by id.</summary>
    public static SqlDialect Sqlite { get; } = new("BLOB", "INTEGER PRIMARY KEY AUTOINCREMENT");

    public string Translate(string sql) => sql
        .Replace("{{blob}}", Blob, StringComparison.Ordinal)
        .Replace("{{identity}}", Identity, StringComparison.Ordinal);
}
