using PlexAuth.Server.Data;

namespace PlexAuth.Server.Audit;

/// <summary>The audit trail: written in the transaction of the act it tells of, so that neither is there without the other.</summary>
internal static class SecurityEventStore
{
    private const string Year = "31536000000";

    public static ExpirySweep Sweep { get; } = new(
        "security_events", $"DELETE FROM security_events WHERE id IN (SELECT id FROM security_events WHERE at <= @now - {Year} ORDER BY at LIMIT @limit)");

    public static async Task AddAsync(DatabaseSession session, SecurityEvent what, DateTimeOffset now)
    {
        var id = await InsertAsync(session, what, now);
        if (what.IsNotice)
            await NoticeStore.AddAsync(session, id, now);
    }

    /// <summary>The latest first.</summary>
    /// <param name="accountId">Null for all accounts.</param>
    public static Task<IReadOnlyList<SecurityEventRow>> ListAsync(DatabaseSession session, int? accountId, DateTimeOffset since, int limit) => session.ListAsync<SecurityEventRow>(
        """
        SELECT e.id AS Id, e.at AS At, e.kind AS Kind, e.account_id AS AccountId, NULLIF(a.username, '') AS Username, e.actor AS Actor,
            e.client_identifier AS ClientIdentifier, e.address AS Address, e.subject AS Subject, e.code AS Code
        FROM security_events e LEFT JOIN accounts a ON a.id = e.account_id
        WHERE e.at >= @since AND (CAST(@accountId AS BIGINT) IS NULL OR e.account_id = @accountId)
        ORDER BY e.id DESC LIMIT @limit
        """,
        new { since = since.ToUnixTimeMilliseconds(), accountId, limit });

    private static Task<long> InsertAsync(DatabaseSession session, SecurityEvent what, DateTimeOffset now) => session.FirstOrDefaultAsync<long>(
        """
        INSERT INTO security_events (at, kind, account_id, actor, client_identifier, address, subject, code)
        VALUES (@at, @Kind, @AccountId, @actor, @ClientIdentifier, @Address, @Subject, @code)
        RETURNING id
        """,
        new
        {
            at = now.ToUnixTimeMilliseconds(),
            what.Kind,
            what.AccountId,
            actor = what.Actor.Name,
            what.Actor.ClientIdentifier,
            what.Actor.Address,
            what.Subject,
            code = what.Code?.Value,
        });
}
