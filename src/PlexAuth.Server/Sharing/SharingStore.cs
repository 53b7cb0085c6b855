using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Sharing;

internal static class SharingStore
{
    /// <summary>Everybody the account shares with, or who shares with it, and its Home.</summary>
    public static Task<IReadOnlyList<Friend>> ListFriendsAsync(DatabaseSession session, int accountId) => session.ListAsync<Friend>(
        """
        SELECT f.id AS Id, f.uuid AS Uuid, f.username AS Username, f.title AS Title, f.friendly_name AS FriendlyName,
            CASE WHEN f.home_id = a.home_id THEN f.email ELSE COALESCE(
                (SELECT MAX(h.invited_email) FROM source_shares h JOIN sources s ON s.id = h.source_id WHERE s.owner_account_id = a.id AND h.account_id = f.id), '') END AS Email,
            CASE WHEN f.home_id = a.home_id THEN 1 ELSE 0 END AS Home, f.restricted AS Restricted,
            CASE WHEN f.sealed_home_pin IS NULL THEN 0 ELSE 1 END AS Protected, f.updated_at AS UpdatedAt
        FROM accounts a JOIN accounts f ON f.id <> a.id AND f.disabled = 0
        WHERE a.id = @accountId AND (f.home_id = a.home_id
            OR EXISTS (SELECT 1 FROM source_shares h JOIN sources s ON s.id = h.source_id WHERE s.owner_account_id = a.id AND h.account_id = f.id)
            OR EXISTS (SELECT 1 FROM source_shares h JOIN sources s ON s.id = h.source_id WHERE s.owner_account_id = f.id AND h.account_id = a.id))
        ORDER BY f.id
        """,
        new { accountId });

    /// <summary>All shares that the account gives or has.</summary>
    public static Task<IReadOnlyList<Share>> ListSharesAsync(DatabaseSession session, int accountId) => session.ListAsync<Share>(
        """
        SELECT s.id AS SourceId, s.identifier AS MachineIdentifier, s.name AS Name, s.owner_account_id AS OwnerId, h.account_id AS AccountId, h.shared_at AS SharedAt,
            COALESCE(s.last_seen_at, s.created_at) AS LastSeenAt
        FROM source_shares h JOIN sources s ON s.id = h.source_id
        WHERE s.owner_account_id = @accountId OR h.account_id = @accountId
        ORDER BY s.id, h.account_id
        """,
        new { accountId });

    /// <returns>The server's id and name; null for one that is not there or not this account's.</returns>
    public static Task<OwnedServer?> FindOwnedAsync(DatabaseSession session, int accountId, string machineIdentifier) => session.FirstOrDefaultAsync<OwnedServer>(
        $"SELECT id AS SourceId, name AS Name FROM sources WHERE scheme = '{SourceName.Server}' AND identifier = @machineIdentifier AND owner_account_id = @accountId",
        new { accountId, machineIdentifier });

    public static Task<Invited?> FindInvitedAsync(DatabaseSession session, string loginKey) => session.FirstOrDefaultAsync<Invited>(
        "SELECT id AS AccountId, CASE WHEN email_key = @loginKey THEN email ELSE NULL END AS Email FROM accounts WHERE (username_key = @loginKey OR email_key = @loginKey) AND disabled = 0",
        new { loginKey });

    /// <summary>Names somebody whom the account knows already.</summary>
    public static async Task<Invited?> FindInvitedAsync(DatabaseSession session, int accountId, int invitedId) =>
        (await ListFriendsAsync(session, accountId)).FirstOrDefault(friend => friend.Id == invitedId) is { } friend ? new Invited { AccountId = friend.Id } : null;

    /// <returns>False when it was shared before.</returns>
    public static async Task<bool> ShareAsync(DatabaseSession session, long sourceId, Invited invited, DateTimeOffset now) => await session.ExecuteAsync(
        """
        INSERT INTO source_shares (source_id, account_id, shared_at, invited_email) VALUES (@sourceId, @AccountId, @now, @Email)
        ON CONFLICT (source_id, account_id) DO NOTHING
        """,
        new { sourceId, invited.AccountId, invited.Email, now = now.ToUnixTimeMilliseconds() }) == 1;

    /// <summary>Takes a share back, and the tokens that were given for it.</summary>
    /// <returns>False when there is none.</returns>
    public static async Task<bool> UnshareAsync(DatabaseSession session, long sourceId, int accountId)
    {
        await session.ExecuteAsync(
            "DELETE FROM tokens WHERE account_id = @accountId AND kind = @kind AND machine_identifier = (SELECT identifier FROM sources WHERE id = @sourceId)",
            new { accountId, kind = (int)PlexTokenKind.Server, sourceId });
        return await session.ExecuteAsync("DELETE FROM source_shares WHERE source_id = @sourceId AND account_id = @accountId", new { sourceId, accountId }) == 1;
    }
}

internal sealed class OwnedServer
{
    public long SourceId { get; set; }

    public string Name { get; set; } = "";
}

internal sealed class Invited
{
    public int AccountId { get; set; }

    /// <summary>Null unless invited by it.</summary>
    public string? Email { get; set; }
}
