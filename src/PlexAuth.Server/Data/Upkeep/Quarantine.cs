using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Data;

/// <summary>Makes a database that was restored safe to use: what was revoked or used up since the backup must not come back to life.</summary>
internal static class Quarantine
{
    /// <summary>Unfinished business, which is minutes old at most wherever it still counts.</summary>
    private static readonly string[] Unfinished = ["pins", "browser_sessions", "two_factor_enrolments", "device_nonces", "claim_tokens", "notices"];

    /// <summary>What lets people in without a password.</summary>
    private static readonly string[] Credentials = ["tokens", "device_keys"];

    public static async Task ApplyAsync(DatabaseSession session, SqlDialect dialect, bool keepTokens, DateTimeOffset now)
    {
        foreach (var table in keepTokens ? Unfinished : [.. Unfinished, .. Credentials])
        {
            if (await session.FirstOrDefaultAsync<long>(dialect.CountTables, new { table }) > 0)
                await session.ExecuteAsync($"DELETE FROM {table}");
        }

        // A clock may be a step ahead, so the next step may have been used as well.
        await session.ExecuteAsync(
            "UPDATE accounts SET totp_last_step = @step WHERE totp_last_step < @step", new { step = Totp.StepAt(now) + 1 });
    }
}
