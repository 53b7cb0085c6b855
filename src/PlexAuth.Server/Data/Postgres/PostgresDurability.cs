using Dapper;
using Npgsql;

namespace PlexAuth.Server.Data;

/// <summary>Refuses a server that could forget what it acknowledged, or that is older than what we test with.</summary>
internal static class PostgresDurability
{
    private const int OldestMajorVersion = 15;

    public static async Task RequireAsync(NpgsqlConnection connection, string place, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < OldestMajorVersion)
            throw new PlexAuthDatabaseException($"The database {place} runs PostgreSQL {connection.PostgreSqlVersion.Major}. Use version {OldestMajorVersion} or later.");
        foreach (var setting in (string[])["fsync", "synchronous_commit"])
        {
            var value = await connection.ExecuteScalarAsync<string>(new CommandDefinition("SELECT current_setting(@setting)", new { setting }, cancellationToken: cancellationToken));
            if (value == "off")
            {
                throw new PlexAuthDatabaseException(
                    $"The database {place} runs with {setting}=off: a crash could bring back tokens that were revoked. Set {setting}=on there.");
            }
        }
    }
}
