using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Administration;

// On the server's data itself, beside a running server or without one; opened when it is first needed.
internal sealed class LocalAdministration(Func<IHost> build) : IAdministration
{
    private IHost? _host;

    public async Task<PlexAuthAccount> CreateAsync(string username, string email, string password, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).CreateAsync(username, email, password, cancellationToken);

    public async Task<IReadOnlyList<PlexAuthAccountDetails>> ListAsync(CancellationToken cancellationToken) => await (await OpenAsync(cancellationToken)).ListAsync(cancellationToken);

    public async Task<PlexAuthAccountDetails?> FindAsync(string login, CancellationToken cancellationToken) => await (await OpenAsync(cancellationToken)).FindAsync(login, cancellationToken);

    public async Task SetDisabledAsync(int accountId, bool disabled, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).SetDisabledAsync(accountId, disabled, cancellationToken);

    public async Task ResetPasswordAsync(int accountId, string password, bool disableTwoFactor, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).ResetPasswordAsync(accountId, password, disableTwoFactor, cancellationToken);

    public async Task<IReadOnlyList<PlexAuthDevice>> ListDevicesAsync(int accountId, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).ListDevicesAsync(accountId, cancellationToken);

    public async Task<bool> RemoveDeviceAsync(int accountId, long deviceId, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).RemoveDeviceAsync(accountId, deviceId, cancellationToken);

    public async Task<int> RemoveDevicesAsync(int accountId, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).RemoveDevicesAsync(accountId, cancellationToken);

    public async Task<PlexAuthAccountFile> ExportAsync(CancellationToken cancellationToken) => await (await OpenAsync(cancellationToken)).ExportAsync(cancellationToken);

    public async Task<IReadOnlyList<PlexAuthImportedAccount>> ImportAsync(PlexAuthAccountFile file, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).ImportAsync(file, cancellationToken);

    public async Task<IReadOnlyList<PlexAuthSecurityEvent>> ReadAuditAsync(int? accountId, DateTimeOffset since, int limit, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).ReadAuditAsync(accountId, since, limit, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private async Task<PlexAuthAccounts> OpenAsync(CancellationToken cancellationToken)
    {
        if (_host is null)
        {
            _host = build();
            await _host.StartAsync(cancellationToken);
        }

        return _host.Services.GetRequiredService<PlexAuthAccounts>();
    }
}
