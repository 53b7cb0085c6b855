using System.Security.Cryptography;
using System.Text;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.Sessions;

internal static class SessionStore
{
    public static ExpirySweep Sweep { get; } = new(
        "browser_sessions",
        $"DELETE FROM browser_sessions WHERE hash IN (SELECT hash FROM browser_sessions WHERE seen_at <= @now - {Milliseconds(BrowserSession.IdleLimit)} ORDER BY seen_at LIMIT @limit)");

    public static Task InsertAsync(DatabaseSession session, string id, Proof.Given proof, DateTimeOffset now) => session.ExecuteAsync(
        """
        INSERT INTO browser_sessions (hash, account_id, password_version, signed_in_at, seen_at)
        VALUES (@hash, @AccountId, @PasswordVersion, @now, @now)
        """,
        new { hash = Hash(id), proof.AccountId, proof.PasswordVersion, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Puts a session of another account in the place of one that holds, as old as that is.</summary>
    /// <returns>False when there is no such session, or account.</returns>
    public static async Task<bool> ReplaceAsync(DatabaseSession session, string formerId, string id, int accountId, DateTimeOffset now) => await session.ExecuteAsync(
        """
        INSERT INTO browser_sessions (hash, account_id, password_version, signed_in_at, seen_at)
        SELECT @hash, a.id, a.password_version, b.signed_in_at, @now FROM browser_sessions b JOIN accounts a ON a.id = @accountId AND a.disabled = 0 WHERE b.hash = @former
        """,
        new { hash = Hash(id), accountId, former = Hash(formerId), now = now.ToUnixTimeMilliseconds() }) == 1
        && await session.ExecuteAsync("DELETE FROM browser_sessions WHERE hash = @former", new { former = Hash(formerId) }) == 1;

    /// <summary>A session ends with its time, its account, or the password that it was given for.</summary>
    public static Task<SessionRow?> FindAsync(DatabaseSession session, string id, DateTimeOffset now) => session.FirstOrDefaultAsync<SessionRow>(
        $"""
        SELECT a.id AS AccountId, {SourceStore.OwnAccessExpression} AS Access, b.signed_in_at AS SignedInAt, b.seen_at AS SeenAt
        FROM browser_sessions b JOIN accounts a ON a.id = b.account_id
        WHERE b.hash = @hash AND a.disabled = 0 AND a.password_version = b.password_version AND b.seen_at > @idleSince AND b.signed_in_at > @since
        """,
        new
        {
            hash = Hash(id),
            idleSince = (now - BrowserSession.IdleLimit).ToUnixTimeMilliseconds(),
            since = (now - BrowserSession.Limit).ToUnixTimeMilliseconds(),
        });

    public static Task SeenAsync(DatabaseSession session, string id, DateTimeOffset now) => session.ExecuteAsync(
        "UPDATE browser_sessions SET seen_at = @now WHERE hash = @hash AND seen_at < @now", new { hash = Hash(id), now = now.ToUnixTimeMilliseconds() });

    /// <summary>Lets a session go on under another id although its password has just been replaced, as if somebody had signed in with the new one.</summary>
    public static Task RenewAsync(DatabaseSession session, SessionRenewal renewal, int accountId, DateTimeOffset now) => session.ExecuteAsync(
        """
        UPDATE browser_sessions SET hash = @renewed, signed_in_at = @now, seen_at = @now,
            password_version = (SELECT password_version FROM accounts WHERE id = @accountId)
        WHERE hash = @former AND account_id = @accountId
        """,
        new { renewed = Hash(renewal.Id), former = Hash(renewal.FormerId), accountId, now = now.ToUnixTimeMilliseconds() });

    public static Task DeleteAsync(DatabaseSession session, string id) =>
        session.ExecuteAsync("DELETE FROM browser_sessions WHERE hash = @hash", new { hash = Hash(id) });

    private static byte[] Hash(string id) => SHA256.HashData(Encoding.UTF8.GetBytes(id));

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}

internal sealed class SessionRow
{
    public int AccountId { get; set; }

    public ServerAccess Access { get; set; }

    public long SignedInAt { get; set; }

    public long SeenAt { get; set; }
}
