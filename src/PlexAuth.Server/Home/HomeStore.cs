using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Home;

/// <summary>Homes. Whoever is not in the asking account's Home is not there, as far as that account can tell.</summary>
internal static class HomeStore
{
    private const string MemberColumns = "m.id AS AccountId, m.uuid AS Uuid, m.home_admin AS Admin, m.restricted AS Restricted, m.sealed_home_pin AS SealedPin";

    public static Task<string?> FindNameAsync(DatabaseSession session, long homeId) =>
        session.FirstOrDefaultAsync<string>("SELECT name FROM homes WHERE id = @homeId", new { homeId });

    public static async Task<IReadOnlyList<Account>> ListAsync(DatabaseSession session, long homeId) =>
    [
        .. (await session.ListAsync<AccountRow>(
            $"SELECT {AccountRow.Columns} FROM accounts a WHERE a.home_id = @homeId AND a.disabled = 0 ORDER BY a.home_admin DESC, a.id", new { homeId })).Select(row => row.ToAccount()),
    ];

    /// <param name="member">An id or a uuid: clients use either.</param>
    public static Task<HomeMember?> FindAsync(DatabaseSession session, int accountId, string member) => session.FirstOrDefaultAsync<HomeMember>(
        $"""
        SELECT {MemberColumns} FROM accounts m JOIN accounts a ON a.id = @accountId
        WHERE (m.uuid = @member OR CAST(m.id AS TEXT) = @member) AND m.disabled = 0 AND (m.home_id = a.home_id OR m.id = a.id)
        """,
        new { accountId, member });

    public static Task<int> SetPinAsync(DatabaseSession session, int accountId, byte[]? sealedPin, DateTimeOffset now) => session.ExecuteAsync(
        "UPDATE accounts SET sealed_home_pin = @sealedPin, updated_at = @now WHERE id = @accountId", new { accountId, sealedPin, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Gives an account a Home of its own, unless it is in one.</summary>
    public static async Task FoundAsync(DatabaseSession session, int accountId, string name)
    {
        var home = await AccountStore.InsertHomeAsync(session, name);
        await session.ExecuteAsync("UPDATE accounts SET home_id = @home, home_admin = 1 WHERE id = @accountId AND home_id IS NULL", new { home, accountId });
    }

    public static Task<int> LeaveAsync(DatabaseSession session, int accountId, DateTimeOffset now) => session.ExecuteAsync(
        "UPDATE accounts SET home_id = NULL, sealed_home_pin = NULL, updated_at = @now WHERE id = @accountId AND home_admin = 0 AND restricted = 0", new { accountId, now = now.ToUnixTimeMilliseconds() });

    /// <summary>Deletes a managed user, who has no life outside the Home.</summary>
    public static Task<int> DeleteManagedAsync(DatabaseSession session, int accountId) =>
        session.ExecuteAsync("DELETE FROM accounts WHERE id = @accountId AND restricted = 1", new { accountId });
}
