using Microsoft.Extensions.Logging;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Accounts;

/// <summary>Stores a right password anew when its hash has fewer iterations than now wanted: after the answer, so that the answer takes no longer.</summary>
internal sealed partial class PasswordRenewal(AccountStore accounts, PasswordHashing passwords, ILogger<PasswordRenewal> logger)
{
    /// <summary>The last renewal that was begun; tests await it.</summary>
    public Task Latest { get; private set; } = Task.CompletedTask;

    public void Begin(Credential credential, string password) => Latest = RenewAsync(credential, password);

    /// <summary>Failing costs nothing: the old hash stays valid and the next sign-in tries again.</summary>
    private async Task RenewAsync(Credential credential, string password)
    {
        try
        {
            var renewed = await passwords.HashAsync(credential.Uuid, password, CancellationToken.None);
            await accounts.RenewPasswordAsync(credential.AccountId, credential.PasswordVersion, renewed, CancellationToken.None);
        }
        catch (Exception exception) when (exception is HashQueueFullException or DatabaseUnavailableException or InvalidOperationException or ObjectDisposedException)
        {
            LogPostponed(credential.AccountId, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The password hash of account {AccountId} is renewed at a later sign-in: {Reason}")]
    private partial void LogPostponed(int accountId, string reason);
}
