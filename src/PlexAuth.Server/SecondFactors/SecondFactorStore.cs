using PlexAuth.Server.Data;

namespace PlexAuth.Server.SecondFactors;

internal static class SecondFactorStore
{
    private const string Hour = "3600000";

    public static ExpirySweep Sweep { get; } = new(
        "two_factor_enrolments",
        $"DELETE FROM two_factor_enrolments WHERE account_id IN (SELECT account_id FROM two_factor_enrolments WHERE created_at <= @now - {Hour} ORDER BY created_at LIMIT @limit)");

    public static Task BeginAsync(DatabaseSession session, int accountId, byte[] sealedSeed, DateTimeOffset now) => session.ExecuteAsync(
        """
        INSERT INTO two_factor_enrolments (account_id, sealed_seed, created_at) VALUES (@accountId, @sealedSeed, @now)
        ON CONFLICT (account_id) DO UPDATE SET sealed_seed = excluded.sealed_seed, created_at = excluded.created_at
        """,
        new { accountId, sealedSeed, now = now.ToUnixTimeMilliseconds() });

    public static Task<byte[]?> FindEnrolmentAsync(DatabaseSession session, int accountId, DateTimeOffset now) => session.FirstOrDefaultAsync<byte[]>(
        $"SELECT sealed_seed FROM two_factor_enrolments WHERE account_id = @accountId AND created_at > @now - {Hour}", new { accountId, now = now.ToUnixTimeMilliseconds() });

    /// <returns>False when the second factor was on already, or its enrolment is gone.</returns>
    public static async Task<bool> EnableAsync(DatabaseSession session, int accountId, byte[] sealedSeed, long step, DateTimeOffset now)
    {
        if (await session.ExecuteAsync("DELETE FROM two_factor_enrolments WHERE account_id = @accountId AND sealed_seed = @sealedSeed", new { accountId, sealedSeed }) == 0)
            return false;
        return await session.ExecuteAsync(
            """
            UPDATE accounts SET two_factor_enabled = 1, sealed_totp_seed = @sealedSeed, totp_last_step = @step, updated_at = @now
            WHERE id = @accountId AND two_factor_enabled = 0
            """,
            new { accountId, sealedSeed, step, now = now.ToUnixTimeMilliseconds() }) == 1;
    }

    public static async Task<bool> DisableAsync(DatabaseSession session, int accountId, DateTimeOffset now)
    {
        await session.ExecuteAsync("DELETE FROM backup_codes WHERE account_id = @accountId", new { accountId });
        return await session.ExecuteAsync(
            """
            UPDATE accounts SET two_factor_enabled = 0, sealed_totp_seed = NULL, backup_codes_created = 0, updated_at = @now
            WHERE id = @accountId AND two_factor_enabled = 1
            """,
            new { accountId, now = now.ToUnixTimeMilliseconds() }) == 1;
    }

    /// <summary>Puts new codes in the place of all there were.</summary>
    public static async Task ReplaceCodesAsync(DatabaseSession session, int accountId, IEnumerable<byte[]> hashes, DateTimeOffset now)
    {
        await session.ExecuteAsync("DELETE FROM backup_codes WHERE account_id = @accountId", new { accountId });
        foreach (var hash in hashes)
            await session.ExecuteAsync("INSERT INTO backup_codes (account_id, hash) VALUES (@accountId, @hash)", new { accountId, hash });
        await session.ExecuteAsync("UPDATE accounts SET backup_codes_created = 1, updated_at = @now WHERE id = @accountId", new { accountId, now = now.ToUnixTimeMilliseconds() });
    }

    public static async Task<bool> HasCodeAsync(DatabaseSession session, int accountId, byte[] hash) =>
        await session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM backup_codes WHERE account_id = @accountId AND hash = @hash", new { accountId, hash }) == 1;

    /// <returns>False when it was used before.</returns>
    public static async Task<bool> UseCodeAsync(DatabaseSession session, int accountId, byte[] hash) =>
        await session.ExecuteAsync("DELETE FROM backup_codes WHERE account_id = @accountId AND hash = @hash", new { accountId, hash }) == 1;
}
