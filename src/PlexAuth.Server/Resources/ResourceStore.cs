using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.Resources;

internal static class ResourceStore
{
    private const string Select =
        $"""
        SELECT s.id AS Id, s.identifier AS MachineIdentifier, s.name AS Name, s.own AS IsOwn, s.owner_account_id AS OwnerId, o.title AS OwnerTitle,
            CASE WHEN o.home_id = a.home_id THEN 1 ELSE 0 END AS SameHome, {SourceStore.AccessCase} AS Access, s.product_version AS ProductVersion,
            s.platform AS Platform, s.platform_version AS PlatformVersion, s.device AS Device, s.public_address AS PublicAddress, s.created_at AS CreatedAt,
            s.last_seen_at AS LastSeenAt
        FROM accounts a JOIN sources s ON s.scheme = '{SourceName.Server}' LEFT JOIN accounts o ON o.id = s.owner_account_id
        WHERE a.id = @accountId AND {SourceStore.AccessCase} > 0
        """;

    /// <summary>The servers that an account may use, its own first.</summary>
    public static Task<IReadOnlyList<ResourceRow>> ListAsync(DatabaseSession session, int accountId) =>
        session.ListAsync<ResourceRow>($"{Select} ORDER BY Access DESC, s.id", new { accountId });

    public static Task<ResourceRow?> FindAsync(DatabaseSession session, int accountId, string machineIdentifier) =>
        session.FirstOrDefaultAsync<ResourceRow>($"{Select} AND s.identifier = @machineIdentifier", new { accountId, machineIdentifier });
}
