using PlexAuth.Internal.Http;
using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>Turns the account's second factor on and off, on services that let apps do so: PlexAuth's own server. plex.tv does it on its web pages alone.</summary>
/// <remarks>
/// Get it from <see cref="PlexClient.TwoFactor"/>; thread-safe. A password or code that is not right is <see cref="PlexForbiddenException"/> or
/// <see cref="PlexVerificationCodeException"/>, and says nothing against the token. Wrong ones count towards the service's limits.
/// </remarks>
public sealed class PlexTwoFactorClient
{
    private readonly Transport _transport;

    internal PlexTwoFactorClient(Transport transport) => _transport = transport;

    /// <summary>Asks for a seed (<c>POST /user/two-factor</c>). The second factor is not on before <see cref="ConfirmAsync"/>, for which there is an hour.</summary>
    public Task<PlexTwoFactorEnrolment> BeginAsync(string password, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        return _transport.SendAsync(Call(Operation.TwoFactorStart, options, password, null), PlexTwoFactorEnrolment.Read, cancellationToken);
    }

    /// <summary>Turns the second factor on (<c>PUT /user/two-factor</c>).</summary>
    /// <param name="verificationCode">The authenticator's present code, which proves that it has the seed.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call; the second factor may be on all the same.</param>
    /// <returns>Backup codes, each good for one sign-in without the authenticator. They are told this once.</returns>
    public async Task<IReadOnlyList<PlexSecret>> ConfirmAsync(string verificationCode, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(verificationCode);
        return await _transport.SendAsync(Call(Operation.TwoFactorConfirmation, options, null, verificationCode), ReadCodes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Turns the second factor off (<c>DELETE /user/two-factor</c>).</summary>
    /// <param name="password">The account's.</param>
    /// <param name="verificationCode">The authenticator's present code, or a backup code.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call; the second factor may be off all the same.</param>
    public Task DisableAsync(string password, string verificationCode, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        ArgumentException.ThrowIfNullOrEmpty(verificationCode);
        return _transport.SendAsync(Call(Operation.TwoFactorRemoval, options, password, verificationCode), Answer.Anything, cancellationToken);
    }

    /// <summary>Asks for new backup codes (<c>POST /user/backup-codes</c>); the former ones no longer work.</summary>
    /// <param name="password">The account's.</param>
    /// <param name="verificationCode">The authenticator's present code, or a backup code.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call; the codes may have changed all the same.</param>
    /// <returns>As from <see cref="ConfirmAsync"/>.</returns>
    public async Task<IReadOnlyList<PlexSecret>> CreateBackupCodesAsync(
        string password, string verificationCode, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        ArgumentException.ThrowIfNullOrEmpty(verificationCode);
        return await _transport.SendAsync(Call(Operation.BackupCodes, options, password, verificationCode), ReadCodes, cancellationToken).ConfigureAwait(false);
    }

    private static Call Call(Operation operation, PlexCallOptions? options, string? password, string? verificationCode) => new(operation, options)
    {
        Form = [new("password", password), new("verificationCode", verificationCode)],
        Secrets = [password ?? "", verificationCode ?? ""],
    };

    private static List<PlexSecret>? ReadCodes(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is "backupCodes")
                return [.. json.Texts("backupCode").Select(code => new PlexSecret(code))];
        }

        return null;
    }
}
