using PlexAuth.Server.Data;
using PlexAuth.Server.Http;
using PlexAuth.Server.Throttling;

namespace PlexAuth.Server.Accounts;

/// <summary>Finds out whether somebody is who they say. Until the password is known to be right, every refusal says and costs the same.</summary>
internal sealed class ProofService(
    AccountStore accounts, PasswordHashing passwords, PasswordRenewal renewal, SecondFactor secondFactor, SignInGuard guard, TimeProvider time)
{
    private static readonly Proof Unauthorized = new Proof.Refused(PlexErrorCode.Unauthorized);

    public async Task<Proof> ProveAsync(string? login, string? password, string? verificationCode, ClientNetwork network, CancellationToken cancellationToken)
    {
        var key = LoginKey.From(login);
        var admission = await guard.AdmitAsync(key, network, cancellationToken);
        if (admission.Wait is { } wait)
            return new Proof.Throttled(admission.Refusal, wait);

        var typed = TypedPassword.From(password, verificationCode);
        var credential = key is null ? null : await accounts.FindCredentialAsync(key, cancellationToken);
        try
        {
            var check = await passwords.CheckAsync(credential, typed, cancellationToken);
            return credential is null || credential.Disabled ? Unauthorized : await DecideAsync(verificationCode, typed, credential, check, admission, cancellationToken);
        }
        catch (HashQueueFullException)
        {
            await guard.GiveBackAsync(admission, CancellationToken.None);
            return new Proof.Busy(HashQueueFullException.RetryAfter());
        }
    }

    /// <summary>To be called in the transaction that acts on the proof.</summary>
    /// <returns>False when the verification code was used before.</returns>
    public static async Task<bool> UseAsync(DatabaseSession session, Proof.Given proof)
    {
        if (proof.Code is { } code && !await SecondFactor.UseAsync(session, proof.AccountId, code))
            return false;
        await SignInGuard.SucceedAsync(session, proof.Admission, proof.AccountId, proof.At);
        return true;
    }

    private async Task<Proof> DecideAsync(
        string? verificationCode, TypedPassword typed, Credential credential, PasswordCheck check, SignInAdmission admission, CancellationToken cancellationToken)
    {
        var rightAsAppended = credential.TwoFactorEnabled && check.IsWithoutCode;
        if (!check.IsWhole && !rightAsAppended)
            return Unauthorized;
        if (check.NeedsRenewal)
            renewal.Begin(credential, check.IsWhole ? typed.Whole : typed.WithoutCode!);
        if (!credential.TwoFactorEnabled)
            return new Proof.Given(credential.AccountId, credential.PasswordVersion, Code: null, admission, time.GetUtcNow());

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
        return secondFactor.Match(credential, code) is { } match
            ? new Proof.Given(credential.AccountId, credential.PasswordVersion, match, codes, time.GetUtcNow())
            : new Proof.Refused(PlexErrorCode.VerificationCodeInvalid);
    }
}
