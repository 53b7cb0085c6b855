using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Administration;

// A server's accounts, as whoever operates it reaches them: on its data, or over the network as its owner. What each does is PlexAuthAccounts' to say.
internal interface IAdministration : IAsyncDisposable
{
    Task<PlexAuthAccount> CreateAsync(string username, string email, string password, CancellationToken cancellationToken);

    Task<IReadOnlyList<PlexAuthAccountDetails>> ListAsync(CancellationToken cancellationToken);

    Task<PlexAuthAccountDetails?> FindAsync(string login, CancellationToken cancellationToken);

    Task SetDisabledAsync(int accountId, bool disabled, CancellationToken cancellationToken);

    Task ResetPasswordAsync(int accountId, string password, bool disableTwoFactor, CancellationToken cancellationToken);

    Task<IReadOnlyList<PlexAuthDevice>> ListDevicesAsync(int accountId, CancellationToken cancellationToken);

    Task<bool> RemoveDeviceAsync(int accountId, long deviceId, CancellationToken cancellationToken);

    Task<int> RemoveDevicesAsync(int accountId, CancellationToken cancellationToken);

    Task<PlexAuthAccountFile> ExportAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<PlexAuthImportedAccount>> ImportAsync(PlexAuthAccountFile file, CancellationToken cancellationToken);

    Task<IReadOnlyList<PlexAuthSecurityEvent>> ReadAuditAsync(int? accountId, DateTimeOffset since, int limit, CancellationToken cancellationToken);
}
