namespace PlexAuth.Server.Data;

/// <summary>Single facts about the whole database.</summary>
internal static class SettingStore
{
    public static Task<string?> FindAsync(DatabaseSession session, string name) =>
        session.FirstOrDefaultAsync<string>("SELECT value FROM settings WHERE name = @name", new { name });

    /// <returns>False when it has a value already.</returns>
    public static async Task<bool> AddAsync(DatabaseSession session, string name, string value) =>
        await session.ExecuteAsync("INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO NOTHING", new { name, value }) == 1;

    public static Task SetAsync(DatabaseSession session, string name, string value) =>
        session.ExecuteAsync("INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value", new { name, value });
}
