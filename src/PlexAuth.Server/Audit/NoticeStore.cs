using PlexAuth.Server.Data;

namespace PlexAuth.Server.Audit;

/// <summary>The outbox: events that somebody is still to be told of.</summary>
internal static class NoticeStore
{
    private const string Week = "604800000";

    /// <summary>News that nobody took for a week is none.</summary>
    public static ExpirySweep Sweep { get; } = new(
        "notices",
        $"DELETE FROM notices WHERE event_id IN (SELECT n.event_id FROM notices n JOIN security_events e ON e.id = n.event_id WHERE e.at <= @now - {Week} ORDER BY e.at LIMIT @limit)");

    public static Task AddAsync(DatabaseSession session, long eventId, DateTimeOffset now) =>
        session.ExecuteAsync("INSERT INTO notices (event_id, due_at, tries) VALUES (@eventId, @now, 0)", new { eventId, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Of accounts that have an address, the oldest first.</summary>
    public static Task<IReadOnlyList<NoticeRow>> ListDueAsync(DatabaseSession session, DateTimeOffset now, int limit) => session.ListAsync<NoticeRow>(
        """
        SELECT n.due_at AS DueAt, n.tries AS Tries, a.title AS Title, a.email AS Email, e.id AS Id, e.at AS At, e.kind AS Kind, e.account_id AS AccountId,
            NULLIF(a.username, '') AS Username, e.actor AS Actor, e.client_identifier AS ClientIdentifier, e.address AS Address, e.subject AS Subject, e.code AS Code
        FROM notices n JOIN security_events e ON e.id = n.event_id JOIN accounts a ON a.id = e.account_id
        WHERE n.due_at <= @now AND a.email <> '' ORDER BY n.event_id LIMIT @limit
        """,
        new { now = now.ToUnixTimeMilliseconds(), limit });

    /// <summary>Puts a notice off until it is known to have been delivered, so that a process that is killed meanwhile leaves it to another.</summary>
    /// <returns>False when another process was faster.</returns>
    public static async Task<bool> TakeAsync(DatabaseSession session, NoticeRow notice, DateTimeOffset nextTry) => await session.ExecuteAsync(
        "UPDATE notices SET due_at = @nextTry, tries = tries + 1 WHERE event_id = @Id AND due_at = @DueAt",
        new { notice.Id, notice.DueAt, nextTry = nextTry.ToUnixTimeMilliseconds() }) == 1;

    public static Task DeleteAsync(DatabaseSession session, long eventId) => session.ExecuteAsync("DELETE FROM notices WHERE event_id = @eventId", new { eventId });
}

internal sealed class NoticeRow : SecurityEventRow
{
    public long DueAt { get; set; }

    public int Tries { get; set; }

    public string Title { get; set; } = "";

    public string Email { get; set; } = "";

    public PlexAuthNotice ToNotice() => new(Title, Email, ToEvent());
}
