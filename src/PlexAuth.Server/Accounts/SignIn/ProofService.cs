using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.SecondFactors;
using PlexAuth.Server.Throttling;

namespace PlexAuth.Server.Accounts;

/// <summary>Finds out whether somebody is who they say. Until the password is known to be right, every refusal says and costs the same.</summary>
internal sealed class ProofService(
    Database database, AccountStore accounts, PasswordHashing passwords, PasswordRenewal renewal, SecondFactor secondFactor, SignInGuard guard, TimeProvider time)
{
    // Whoever keeps trying while they are to wait fills no disk with it.
    private readonly CallPace<(string?, string)> _notes = new(time, TimeSpan.FromMinutes(1), burst: 1);

    /// <summary>Proof to sign in with. One that is used is noted as a sign-in.</summary>
    public async Task<Proof> ProveAsync(string? login, string? password, string? verificationCode, Caller caller, CancellationToken cancellationToken)
    {
        var key = LoginKey.From(login);
        var admission = await guard.AdmitAsync(key, caller.Network, cancellationToken);
        if (admission.Wait is { } wait)
        {
            if (_notes.Exceeded((key, caller.Network.Address)) is null)
                await RefuseAsync(admission.Refusal, key is null ? null : await accounts.FindCredentialAsync(key, cancellationToken), caller, cancellationToken);
            return new Proof.Throttled(admission.Refusal, wait);
        }

        var typed = TypedPassword.From(password, verificationCode);
        var credential = key is null ? null : await accounts.FindCredentialAsync(key, cancellationToken);
        try
        {
            var check = await passwords.CheckAsync(credential, typed, cancellationToken);
            var proof = credential is null || credential.Disabled ? null : await DecideAsync(verificationCode, typed, credential, check, admission, cancellationToken);
            return proof switch
            {
                null => await RefuseAsync(PlexErrorCode.Unauthorized, credential, caller, cancellationToken),
                Proof.Refused { Code: var code } when code == PlexErrorCode.VerificationCodeInvalid => await RefuseAsync(code, credential, caller, cancellationToken),
                Proof.Given given => given with { Caller = caller },
                _ => proof,
            };
        }
        catch (HashQueueFullException)
        {
            await guard.GiveBackAsync(admission, CancellationToken.None);
            return new Proof.Busy(HashQueueFullException.RetryAfter());
        }
    }

    /// <summary>Proof by somebody who is signed in, for what a stolen token must not do. One that is used is not noted as a sign-in.</summary>
    public async Task<Proof> ConfirmAsync(Account account, string? password, string? verificationCode, Caller caller, CancellationToken cancellationToken)
    {
        if (!account.HasPassword)
            return new Proof.Refused(PlexErrorCode.ManagedUserNotAllowed);
        var proof = await ProveAsync(account.Username, password, verificationCode, caller, cancellationToken);
        return proof is Proof.Given given ? given with { IsSignIn = false } : proof;
    }

    /// <summary>To be called in the transaction that acts on the proof.</summary>
    /// <returns>False when the verification code was used before.</returns>
    public static async Task<bool> UseAsync(DatabaseSession session, Proof.Given proof)
    {
        if (proof.Code is { } code && !await SecondFactor.UseAsync(session, proof.AccountId, code))
            return false;
        var newNetwork = await SignInGuard.SucceedAsync(session, proof.Admission, proof.AccountId, proof.At);
        if (proof.Code?.BackupCodeHash is not null)
            await SecurityEventStore.AddAsync(session, new(SecurityEventKind.BackupCodeUsed, proof.AccountId, proof.Caller.Actor), proof.At);
        if (proof.IsSignIn)
            await SecurityEventStore.AddAsync(session, new(newNetwork ? SecurityEventKind.SignedInFromNewNetwork : SecurityEventKind.SignedIn, proof.AccountId, proof.Caller.Actor), proof.At);
        return true;
    }

    private async Task<Proof?> DecideAsync(
        string? verificationCode, TypedPassword typed, Credential credential, PasswordCheck check, SignInAdmission admission, CancellationToken cancellationToken)
    {
        var rightAsAppended = credential.TwoFactorEnabled && check.IsWithoutCode;
        if (!check.IsWhole && !rightAsAppended)
            return null;
        if (check.NeedsRenewal)
            renewal.Begin(credential, check.IsWhole ? typed.Whole : typed.WithoutCode!);
        if (!credential.TwoFactorEnabled)
            return Give(credential, code: null, admission);

        var code = string.IsNullOrEmpty(verificationCode) ? rightAsAppended ? typed.AppendedCode : null : verificationCode;
        if (code is not null)
            return await CheckCodeAsync(code, credential, admission, cancellationToken);
        await guard.GiveBackAsync(admission, cancellationToken);
        return new Proof.Refused(PlexErrorCode.VerificationCodeRequired);
    }

    private async Task<Proof> CheckCodeAsync(string code, Credential credential, SignInAdmission admission, CancellationToken cancellationToken)
    {
        var codes = await guard.AdmitCodeAsync(admission, credential.Uuid, cancellationToken);
        if (codes.Wait is { } wait)
            return new Proof.Throttled(codes.Refusal, wait);
        return await secondFactor.MatchAsync(credential, code, cancellationToken) is { } match
            ? Give(credential, match, codes)
            : new Proof.Refused(PlexErrorCode.VerificationCodeInvalid);
    }

    private Proof.Given Give(Credential credential, MatchedCode? code, SignInAdmission admission) =>
        new(credential.AccountId, credential.PasswordVersion, code, admission, time.GetUtcNow());

    /// <summary>Noted for logins that are nobody's too, so that it takes as long.</summary>
    private async Task<Proof> RefuseAsync(PlexErrorCode code, Credential? credential, Caller caller, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            session => SecurityEventStore.AddAsync(session, new(SecurityEventKind.SignInRefused, credential?.AccountId, caller.Actor) { Code = code }, time.GetUtcNow()),
            cancellationToken);
        return new Proof.Refused(code);
    }
}
