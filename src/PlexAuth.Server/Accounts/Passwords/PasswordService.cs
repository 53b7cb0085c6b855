using Microsoft.Extensions.Options;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.SecondFactors;
using PlexAuth.Server.Sessions;
using PlexAuth.Server.Throttling;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Accounts;

/// <summary>Changes passwords. Whoever else was signed in is out before this returns.</summary>
internal sealed class PasswordService(
    Database database, AccountStore accounts, ProofService proofs, PasswordHashing passwords, DeviceService devices, SignInGuard guard, IOptions<PlexAuthServerOptions> options,
    TimeProvider time)
{
    /// <summary>By the account's owner, who gives the present password and, with a second factor, a fresh code.</summary>
    public async Task<PasswordAnswer> ChangeAsync(PasswordChange change, Caller caller, CancellationToken cancellationToken)
    {
        var account = change.Account;
        if (!account.HasPassword)
            return new PasswordAnswer.Refused(PlexErrorCode.ManagedUserNotAllowed, Reason: null);
        if (PasswordRules.Check(change.Fresh, account.Username, account.Email, options.Value.MinPasswordLength) is { } weak)
            return new PasswordAnswer.Refused(weak.Code, weak.Reason);
        return await proofs.ConfirmAsync(account, change.Current, change.VerificationCode, caller, cancellationToken) switch
        {
            Proof.Given given => await HashAndChangeAsync(change, given, caller, cancellationToken),
            Proof.Refused refused => new PasswordAnswer.Refused(refused.Code, Reason: null),
            Proof.Throttled throttled => new PasswordAnswer.Throttled(throttled.Code, throttled.RetryAfter),
            Proof.Busy busy => new PasswordAnswer.Throttled(PlexErrorCode.ServiceUnavailable, busy.RetryAfter),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    /// <summary>By whoever operates the server. All devices are signed out.</summary>
    public async Task<PasswordAnswer> ResetAsync(int accountId, string password, bool disableTwoFactor, Actor actor, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(accountId, cancellationToken) is not { Username.Length: > 0 } account)
            return new PasswordAnswer.Refused(PlexErrorCode.ManagedUserNotAllowed, "A managed user has no password.");
        if (PasswordRules.Check(password, account.Username, account.Email, options.Value.MinPasswordLength) is { } weak)
            return new PasswordAnswer.Refused(weak.Code, weak.Reason);
        var sealedPassword = await passwords.HashAsync(account.Uuid, password, cancellationToken);
        await database.WriteAsync(
            async session =>
            {
                await AccountStore.SetPasswordAsync(session, accountId, sealedPassword, time.GetUtcNow());
                await devices.RemoveOthersAsync(session, accountId, keptDeviceId: null, actor);
                await RecordAsync(session, SecurityEventKind.PasswordReset, accountId, actor);
                if (disableTwoFactor && await SecondFactorStore.DisableAsync(session, accountId, time.GetUtcNow()))
                    await RecordAsync(session, SecurityEventKind.TwoFactorDisabled, accountId, actor);
            },
            cancellationToken);
        devices.Forget(accountId, keptDeviceId: null);
        return new PasswordAnswer.Changed();
    }

    private async Task<PasswordAnswer> HashAndChangeAsync(PasswordChange change, Proof.Given proof, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            var sealedPassword = await passwords.HashAsync(change.Account.Uuid, change.Fresh, cancellationToken);
            return await ChangeAsync(change, proof, sealedPassword, caller, cancellationToken);
        }
        catch (HashQueueFullException)
        {
            // The present password was right, so it counts as no wrong try.
            await guard.GiveBackAsync(proof.Admission, CancellationToken.None);
            return new PasswordAnswer.Throttled(PlexErrorCode.ServiceUnavailable, HashQueueFullException.RetryAfter());
        }
    }

    private async Task<PasswordAnswer> ChangeAsync(PasswordChange change, Proof.Given proof, byte[] sealedPassword, Caller caller, CancellationToken cancellationToken)
    {
        var accountId = change.Account.Id;
        var answer = await database.WriteAsync<PasswordAnswer>(
            async session =>
            {
                if (!await ProofService.UseAsync(session, proof))
                    return new PasswordAnswer.Refused(PlexErrorCode.VerificationCodeInvalid, Reason: null);
                if (!await AccountStore.ReplacePasswordAsync(session, accountId, proof.PasswordVersion, sealedPassword, time.GetUtcNow()))
                    return new PasswordAnswer.Refused(PlexErrorCode.Unauthorized, Reason: null);
                if (!change.KeepOthers)
                    await EndOthersAsync(session, change, caller);
                if (change.Renewal is { } renewal)
                    await SessionStore.RenewAsync(session, renewal, accountId, time.GetUtcNow());
                await RecordAsync(session, SecurityEventKind.PasswordChanged, accountId, caller.Actor);
                return new PasswordAnswer.Changed();
            },
            cancellationToken);
        devices.Forget(accountId, keptDeviceId: null);
        return answer;
    }

    private async Task EndOthersAsync(DatabaseSession session, PasswordChange change, Caller caller)
    {
        await devices.RemoveOthersAsync(session, change.Account.Id, change.KeptDeviceId, caller.Actor);
        await TokenStore.DeleteOthersAsync(session, change.Account.Id, change.KeptTokenId ?? 0);
    }

    private Task RecordAsync(DatabaseSession session, string kind, int accountId, Actor actor) =>
        SecurityEventStore.AddAsync(session, new(kind, accountId, actor), time.GetUtcNow());
}

/// <param name="KeptDeviceId">The device that stays signed in, with one token; null, for a browser, signs them all out.</param>
internal sealed record PasswordChange(Account Account, string? Current, string Fresh, string? VerificationCode, long? KeptDeviceId, long? KeptTokenId)
{
    /// <summary>Leaves the other devices signed in.</summary>
    public bool KeepOthers { get; init; }

    /// <summary>The browser session that goes on, if it is a browser that changes the password.</summary>
    public SessionRenewal? Renewal { get; init; }

    public override string ToString() => "PasswordChange(***)";
}

/// <summary>What became of a change of password.</summary>
internal abstract record PasswordAnswer
{
    private PasswordAnswer()
    {
    }

    public sealed record Changed : PasswordAnswer;

    /// <param name="Reason">A sentence for the person, where it is about the new password.</param>
    public sealed record Refused(PlexErrorCode Code, string? Reason) : PasswordAnswer;

    public sealed record Throttled(PlexErrorCode Code, TimeSpan RetryAfter) : PasswordAnswer;
}
