using PlexAuth.Server.Data;

namespace PlexAuth.Server.Tests.Devices;

/// <summary>An account that has as many devices as one may have.</summary>
internal static class FullAccount
{
    public static Task FillAsync(Database database, int accountId) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
            INSERT INTO devices (account_id, client_identifier, created_at, last_seen_at) SELECT @accountId, 'full-' || i, 0, 0 FROM n
            """,
            new { accountId }),
        TestContext.Current.CancellationToken);
}
