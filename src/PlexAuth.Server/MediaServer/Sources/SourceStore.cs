using System.Net;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.MediaServer.Sources;

internal static class SourceStore
{
    /// <summary>The access of account <c>a</c> to this process's media server, as a <see cref="ServerAccess"/>.</summary>
    public const string OwnAccessExpression = $"COALESCE((SELECT {AccessCase} FROM sources s WHERE s.own = 1), 0)";

    /// <summary>The access of account <c>a</c> to source <c>s</c>.</summary>
    public const string AccessCase =
        "CASE WHEN s.owner_account_id = a.id THEN 2 WHEN EXISTS (SELECT 1 FROM source_shares h WHERE h.source_id = s.id AND h.account_id = a.id) THEN 1 ELSE 0 END";

    public static async Task<OwnServerRow?> FindOwnAsync(DatabaseSession session) => await session.FirstOrDefaultAsync<OwnServerRow>(
        "SELECT identifier AS MachineIdentifier, name AS FriendlyName, owner_account_id AS OwnerAccountId, sealed_claim AS SealedClaim FROM sources WHERE own = 1");

    public static Task<long> FindOwnIdAsync(DatabaseSession session) => session.FirstOrDefaultAsync<long>("SELECT id FROM sources WHERE own = 1");

    /// <summary>Gives the server to an account, unless one has it.</summary>
    public static async Task<bool> ClaimOwnAsync(DatabaseSession session, int accountId) =>
        await session.ExecuteAsync("UPDATE sources SET owner_account_id = @accountId WHERE own = 1 AND owner_account_id IS NULL", new { accountId }) == 1;

    public static Task<int> SetOwnClaimAsync(DatabaseSession session, byte[]? sealedClaim) =>
        session.ExecuteAsync("UPDATE sources SET sealed_claim = @sealedClaim WHERE own = 1", new { sealedClaim });

    /// <summary>Under another identifier it is another server: tokens for the former one open nothing, and a claim is sealed for that.</summary>
    public static async Task SetOwnAsync(DatabaseSession session, string former, string machineIdentifier, string friendlyName)
    {
        await session.ExecuteAsync("UPDATE sources SET identifier = @machineIdentifier, name = @friendlyName WHERE own = 1", new { machineIdentifier, friendlyName });
        if (machineIdentifier == former)
            return;
        await session.ExecuteAsync("DELETE FROM tokens WHERE kind = @kind AND machine_identifier = @former", new { kind = (int)PlexTokenKind.Server, former });
        await SetOwnClaimAsync(session, sealedClaim: null);
    }

    /// <summary>A provider is open to every account; a server to its owner and those it is shared with.</summary>
    /// <returns>Null for one that is not there or not this account's to see, which are the same to them.</returns>
    public static async Task<StoredSource?> FindAsync(DatabaseSession session, SourceName name, int accountId)
    {
        var row = await session.FirstOrDefaultAsync<SourceRow>(
            $"""
            SELECT s.id AS Id, s.name AS DisplayName, s.own AS IsOwn, s.public_address AS PublicAddress FROM sources s JOIN accounts a ON a.id = @accountId
            WHERE s.scheme = @Scheme AND s.identifier = @Identifier AND (s.scheme = '{SourceName.Provider}' OR {AccessCase} > 0)
            """,
            new { name.Scheme, name.Identifier, accountId });
        return row is null ? null : new(row.Id, new Source(name, row.DisplayName, row.IsOwn, await ConnectionsAsync(session, row.Id))
        {
            ReportedFrom = IPAddress.TryParse(row.PublicAddress, out var address) ? address : null,
        });
    }

    public static async Task<long> InsertAsync(DatabaseSession session, SourceName name, string displayName, int? owner, bool own, DateTimeOffset now) =>
        await session.FirstOrDefaultAsync<long>(
            """
            INSERT INTO sources (scheme, identifier, name, owner_account_id, own, created_at) VALUES (@Scheme, @Identifier, @displayName, @owner, @own, @now) RETURNING id
            """,
            new { name.Scheme, name.Identifier, displayName, owner, own = own ? 1 : 0, now = now.ToUnixTimeMilliseconds() });

    public static Task<int> SetReportedFromAsync(DatabaseSession session, long sourceId, string address) =>
        session.ExecuteAsync("UPDATE sources SET public_address = @address WHERE id = @sourceId", new { sourceId, address });

    public static Task<int> AddConnectionAsync(DatabaseSession session, long sourceId, int position, Connection connection) => session.ExecuteAsync(
        """
        INSERT INTO source_connections (source_id, position, protocol, address, port, uri, local, relay)
        VALUES (@sourceId, @position, @Protocol, @Address, @Port, @Uri, @local, @relay)
        """,
        new
        {
            sourceId,
            position,
            connection.Protocol,
            connection.Address,
            connection.Port,
            connection.Uri,
            local = connection.Local ? 1 : 0,
            relay = connection.Relay ? 1 : 0,
        });

    public static Task<IReadOnlyList<Connection>> ConnectionsAsync(DatabaseSession session, long sourceId) => session.ListAsync<Connection>(
        """
        SELECT protocol AS Protocol, address AS Address, port AS Port, uri AS Uri, local AS Local, relay AS Relay
        FROM source_connections WHERE source_id = @sourceId ORDER BY position
        """,
        new { sourceId });

    private sealed class SourceRow
    {
        public long Id { get; set; }

        public string DisplayName { get; set; } = "";

        public bool IsOwn { get; set; }

        public string? PublicAddress { get; set; }
    }
}

internal sealed record StoredSource(long Id, Source Source);

internal sealed class OwnServerRow
{
    public string MachineIdentifier { get; set; } = "";

    public string FriendlyName { get; set; } = "";

    public int? OwnerAccountId { get; set; }

    public byte[]? SealedClaim { get; set; }

    public bool IsClaimed => OwnerAccountId is not null || SealedClaim is not null;
}
