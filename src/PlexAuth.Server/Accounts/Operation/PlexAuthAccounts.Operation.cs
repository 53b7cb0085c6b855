using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;

namespace PlexAuth.Server;

/// <content>What whoever operates the server may do with any account.</content>
public sealed partial class PlexAuthAccounts
{
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>All accounts, the oldest first.</summary>
    public async Task<IReadOnlyList<PlexAuthAccountDetails>> ListAsync(CancellationToken cancellationToken = default) =>
        [.. (await WithDatabaseAsync(() => _store.ListAsync(cancellationToken))).Select(Details)];

    /// <summary>The account with this username, e-mail address or number; null if there is none.</summary>
    public async Task<PlexAuthAccountDetails?> FindAsync(string login, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(login);
        var key = LoginKey.From(login) ?? "";
        return await WithDatabaseAsync(() => _database.ReadAsync(session => AccountStore.FindByLoginAsync(session, key), cancellationToken)) is { } account ? Details(account) : null;
    }

    /// <summary>Refuses an account's sign-ins and tokens from now on, or allows them again. Other processes on the same data follow within a second.</summary>
    /// <returns>False when there is no such account.</returns>
    public Task<bool> SetDisabledAsync(int accountId, bool disabled, CancellationToken cancellationToken = default) =>
        WithDatabaseAsync(() => _accounts.SetDisabledAsync(accountId, disabled, _actor, cancellationToken));

    /// <summary>Gives an account a new password and signs all its devices out.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="password">As for <see cref="CreateAsync"/>.</param>
    /// <param name="disableTwoFactor">Turns the second factor off too, for somebody who lost it with all backup codes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PlexAuthAccountException">The password is not acceptable, or the account is a managed user.</exception>
    public Task ResetPasswordAsync(int accountId, string password, bool disableTwoFactor = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(password);
        return WithPasswordAsync(
            async () => await _passwords.ResetAsync(accountId, password, disableTwoFactor, _actor, cancellationToken) is PasswordAnswer.Refused refused
                ? throw new PlexAuthAccountException(refused.Code, "password", refused.Reason ?? "The password was not changed.")
                : true,
            cancellationToken);
    }

    /// <summary>An account's devices, the one heard from last first.</summary>
    public async Task<IReadOnlyList<PlexAuthDevice>> ListDevicesAsync(int accountId, CancellationToken cancellationToken = default) =>
    [
        .. (await WithDatabaseAsync(() => _devices.ListAsync(accountId, cancellationToken))).Select(device => new PlexAuthDevice(
            device.Id, device.DisplayName, device.ClientIdentifier, device.Product, device.Version, device.Platform, device.PublicAddress, device.CreatedAt, device.LastSeenAt)),
    ];

    /// <summary>Signs a device out.</summary>
    /// <returns>False when the account has no such device.</returns>
    public Task<bool> RemoveDeviceAsync(int accountId, long deviceId, CancellationToken cancellationToken = default) =>
        WithDatabaseAsync(() => _devices.RemoveAsync(accountId, deviceId, _actor, cancellationToken));

    /// <summary>Signs all of an account's devices out.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> RemoveDevicesAsync(int accountId, CancellationToken cancellationToken = default) =>
        WithDatabaseAsync(() => _devices.RemoveOthersAsync(accountId, keptDeviceId: null, _actor, cancellationToken));

    /// <summary>The audit trail, the latest first.</summary>
    /// <param name="accountId">Of one account; null for all.</param>
    /// <param name="since">Nothing older.</param>
    /// <param name="limit">No more than these.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<PlexAuthSecurityEvent>> ReadAuditAsync(
        int? accountId = null, DateTimeOffset since = default, int limit = 100, CancellationToken cancellationToken = default) =>
    [
        .. (await WithDatabaseAsync(() => _database.ReadAsync(session => SecurityEventStore.ListAsync(session, accountId, since, limit), cancellationToken))).Select(row => row.ToEvent()),
    ];

    /// <summary>All accounts but managed users, to be taken in by <see cref="ImportAsync"/>.</summary>
    public Task<PlexAuthAccountFile> ExportAsync(CancellationToken cancellationToken = default) => WithDatabaseAsync(() => _transfer.ExportAsync(cancellationToken));

    /// <summary>Takes accounts in; those that are there already stay as they are.</summary>
    /// <exception cref="FormatException">The file is something else.</exception>
    public Task<IReadOnlyList<PlexAuthImportedAccount>> ImportAsync(PlexAuthAccountFile file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return WithDatabaseAsync(() => _transfer.ImportAsync(file, _actor, cancellationToken));
    }

    /// <summary>Makes a new key for what is kept encrypted, and encrypts all of it anew. Running servers pick the key up by themselves; the old ones are kept for backups.</summary>
    /// <returns>How many values were encrypted anew.</returns>
    public Task<int> RotateKeysAsync(CancellationToken cancellationToken = default) => WithDatabaseAsync(() => _rotation.RotateAsync(cancellationToken));

    private static async Task<T> WithPasswordAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await WithDatabaseAsync(act);
            }
            catch (HashQueueFullException)
            {
                await Task.Delay(PauseBetweenTries, cancellationToken);
            }
        }
    }

    private static async Task<T> WithDatabaseAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (DatabaseUnavailableException exception)
        {
            throw new PlexAuthDatabaseException(exception.Message, exception);
        }
    }

    private static PlexAuthAccountDetails Details(Account account) => new(
        account.Id, account.Uuid, account.Username, account.Title, account.Email, account.JoinedAt, account.Disabled, account.TwoFactorEnabled, account.Restricted, account.HasPassword);
}
