using PlexAuth.Server.Data;

namespace PlexAuth.Server.Throttling;

/// <summary>Where accounts have signed in from.</summary>
internal static class NetworkStore
{
    public static ExpirySweep Sweep { get; } = new(
        "account_networks",
        $"DELETE FROM account_networks WHERE signed_in_at IN (SELECT signed_in_at FROM account_networks WHERE signed_in_at <= @now - {(long)SignInLimits.KnownFor.TotalMilliseconds} ORDER BY signed_in_at LIMIT @limit)");

    /// <summary>One query whether there is such an account or not.</summary>
    public static async Task<LoginOwner> FindOwnerAsync(DatabaseSession session, string loginKey, string network, DateTimeOffset now) =>
        await session.FirstOrDefaultAsync<LoginOwner>(
            """
            SELECT a.uuid AS Uuid, CASE WHEN n.signed_in_at > @since THEN 1 ELSE 0 END AS IsKnownNetwork
            FROM accounts a LEFT JOIN account_networks n ON n.account_id = a.id AND n.network = @network
            WHERE a.username_key = @loginKey OR a.email_key = @loginKey
            """,
            new { loginKey, network, since = (now - SignInLimits.KnownFor).ToUnixTimeMilliseconds() }) ?? new LoginOwner();

    /// <returns>True when the network is new to the account.</returns>
    public static async Task<bool> AddAsync(DatabaseSession session, int accountId, string network, DateTimeOffset now)
    {
        var parameters = new { accountId, network, now = now.ToUnixTimeMilliseconds() };
        if (await session.ExecuteAsync("UPDATE account_networks SET signed_in_at = @now WHERE account_id = @accountId AND network = @network", parameters) == 1)
            return false;
        await session.ExecuteAsync(
            "INSERT INTO account_networks (account_id, network, signed_in_at) VALUES (@accountId, @network, @now) ON CONFLICT (account_id, network) DO NOTHING", parameters);
        return true;
    }
}

/// <summary>Whom a login belongs to, if anybody.</summary>
internal sealed class LoginOwner
{
    public string? Uuid { get; set; }

    public bool IsKnownNetwork { get; set; }
}
