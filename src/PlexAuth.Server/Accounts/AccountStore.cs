using System.Globalization;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Accounts;

internal sealed class AccountStore(Database database)
{
    private const string CredentialColumns =
        """
        id AS AccountId, uuid AS Uuid, disabled AS Disabled, sealed_password AS SealedPassword, password_version AS PasswordVersion,
        two_factor_enabled AS TwoFactorEnabled, sealed_totp_seed AS SealedTotpSeed, totp_last_step AS TotpLastStep
        """;

    public Task<Account?> FindAsync(int accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => FindAsync(session, accountId), cancellationToken);

    public static async Task<Account?> FindAsync(DatabaseSession session, int accountId) =>
        (await session.FirstOrDefaultAsync<AccountRow>($"SELECT {AccountRow.Columns} FROM accounts a WHERE a.id = @accountId", new { accountId }))?.ToAccount();

    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Account>>(
        async session => [.. (await session.ListAsync<AccountRow>($"SELECT {AccountRow.Columns} FROM accounts a ORDER BY a.id")).Select(row => row.ToAccount())], cancellationToken);

    /// <param name="key">From <see cref="LoginKey"/>: a username or an e-mail address.</param>
    public Task<Credential?> FindCredentialAsync(string key, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.FirstOrDefaultAsync<Credential>($"SELECT {CredentialColumns} FROM accounts WHERE username_key = @key OR email_key = @key", new { key }),
        cancellationToken);

    /// <returns>Whether the account may be given a token: it is there, is not disabled, and its password is still the one that was checked.</returns>
    public static async Task<bool> MayHoldTokensAsync(DatabaseSession session, int accountId, long? passwordVersion) =>
        await session.FirstOrDefaultAsync<int>(
            "SELECT COUNT(*) FROM accounts WHERE id = @accountId AND disabled = 0 AND (CAST(@passwordVersion AS BIGINT) IS NULL OR password_version = @passwordVersion)",
            new { accountId, passwordVersion }) == 1;

    /// <returns>False when this step, or a later one, was used before.</returns>
    public static async Task<bool> UseTotpStepAsync(DatabaseSession session, int accountId, long step) =>
        await session.ExecuteAsync("UPDATE accounts SET totp_last_step = @step WHERE id = @accountId AND totp_last_step < @step", new { accountId, step }) == 1;

    public static async Task<bool> AnyAsync(DatabaseSession session) => await session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM (SELECT 1 FROM accounts LIMIT 1) AS a") == 1;

    public static async Task<bool> UsernameTakenAsync(DatabaseSession session, string usernameKey) =>
        await session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM accounts WHERE username_key = @usernameKey", new { usernameKey }) > 0;

    public static async Task<bool> EmailTakenAsync(DatabaseSession session, string emailKey) =>
        await session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM accounts WHERE email_key = @emailKey", new { emailKey }) > 0;

    /// <exception cref="System.Data.Common.DbException">Unique violation: another account was faster.</exception>
    public static Task<int> InsertAsync(DatabaseSession session, NewAccount account) => session.FirstOrDefaultAsync<int>(
        """
        INSERT INTO accounts (uuid, username, username_key, email, email_key, title, friendly_name, joined_at, updated_at, confirmed, disabled, sealed_password,
            two_factor_enabled, sealed_totp_seed, home_id, home_admin, restricted, restriction_profile, sealed_home_pin, subscription_plan, subscribed_at)
        VALUES (@Uuid, @Username, @UsernameKey, @Email, @EmailKey, @Title, @FriendlyName, @JoinedAt, @JoinedAt, @Confirmed, 0, @SealedPassword,
            @TwoFactorEnabled, @SealedTotpSeed, @HomeId, @HomeAdmin, @Restricted, @RestrictionProfile, @SealedHomePin, @SubscriptionPlan, @SubscribedAt)
        RETURNING id
        """,
        account);

    /// <summary>Renews the stored form of an unchanged password, unless it was changed meanwhile.</summary>
    public Task<int> RenewPasswordAsync(int accountId, long passwordVersion, byte[] sealedPassword, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE accounts SET sealed_password = @sealedPassword WHERE id = @accountId AND password_version = @passwordVersion",
            new { accountId, passwordVersion, sealedPassword }),
        cancellationToken);

    /// <summary>Changes the password that was checked, unless it was changed meanwhile.</summary>
    public static async Task<bool> ReplacePasswordAsync(DatabaseSession session, int accountId, long passwordVersion, byte[] sealedPassword, DateTimeOffset at) =>
        await session.ExecuteAsync(
            "UPDATE accounts SET sealed_password = @sealedPassword, password_version = password_version + 1, updated_at = @at WHERE id = @accountId AND password_version = @passwordVersion",
            new { accountId, passwordVersion, sealedPassword, at = at.ToUnixTimeMilliseconds() }) == 1;

    public static Task<int> SetPasswordAsync(DatabaseSession session, int accountId, byte[] sealedPassword, DateTimeOffset at) => session.ExecuteAsync(
        "UPDATE accounts SET sealed_password = @sealedPassword, password_version = password_version + 1, updated_at = @at WHERE id = @accountId",
        new { accountId, sealedPassword, at = at.ToUnixTimeMilliseconds() });

    /// <param name="key">A username, an e-mail address, or an id in digits.</param>
    public static async Task<Account?> FindByLoginAsync(DatabaseSession session, string key) => (await session.FirstOrDefaultAsync<AccountRow>(
        $"SELECT {AccountRow.Columns} FROM accounts a WHERE a.username_key = @key OR a.email_key = @key OR a.id = @id ORDER BY CASE WHEN a.id = @id THEN 1 ELSE 0 END",
        new { key, id = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0 }))?.ToAccount();

    public static async Task<bool> UuidTakenAsync(DatabaseSession session, string uuid) =>
        await session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM accounts WHERE uuid = @uuid", new { uuid }) > 0;

    public static Task<IReadOnlyList<ExportRow>> ListForExportAsync(DatabaseSession session) => session.ListAsync<ExportRow>(
        """
        SELECT uuid AS Uuid, username AS Username, email AS Email, title AS Title, joined_at AS JoinedAt, disabled AS Disabled, sealed_password AS SealedPassword,
            sealed_totp_seed AS SealedTotpSeed, (SELECT COUNT(*) FROM sources s WHERE s.own = 1 AND s.owner_account_id = accounts.id) AS OwnsServer
        FROM accounts WHERE username_key IS NOT NULL ORDER BY id
        """);

    public static async Task<bool> SetDisabledAsync(DatabaseSession session, int accountId, bool disabled, DateTimeOffset at) =>
        await session.ExecuteAsync(
            "UPDATE accounts SET disabled = @disabled, updated_at = @at WHERE id = @accountId",
            new { accountId, disabled = disabled ? 1 : 0, at = at.ToUnixTimeMilliseconds() }) == 1;

    public static Task<int> InsertHomeAsync(DatabaseSession session, string name) =>
        session.FirstOrDefaultAsync<int>("INSERT INTO homes (name) VALUES (@name) RETURNING id", new { name });
}
