using PlexAuth.Server.Data;

namespace PlexAuth.Server.Accounts;

/// <summary>Finds out whether somebody is who they say. Until the password is known to be right, every refusal says and costs the same.</summary>
internal sealed class ProofService(AccountStore accounts, PasswordHashing passwords, PasswordRenewal renewal, SecondFactor secondFactor)
{
    private static readonly Proof Unauthorized = new Proof.Refused(PlexErrorCode.Unauthorized);

    public async Task<Proof> ProveAsync(string? login, string? password, string? verificationCode, CancellationToken cancellationToken)
    {
        var typed = TypedPassword.From(password, verificationCode);
        var credential = LoginKey.From(login) is { } key ? await accounts.FindCredentialAsync(key, cancellationToken) : null;
        try
        {
            var check = await passwords.CheckAsync(credential, typed, cancellationToken);
            return credential is null || credential.Disabled ? Unauthorized : Decide(verificationCode, typed, credential, check);
        }
        catch (HashQueueFullException)
        {
            return new Proof.Busy(HashQueueFullException.RetryAfter());
        }
    }

    /// <summary>To be called in the transaction that acts on the proof.</summary>
    /// <returns>False when the verification code was used before.</returns>
    public static async Task<bool> UseAsync(DatabaseSession session, Proof.Given proof) =>
        proof.TotpStep is not { } step || await AccountStore.UseTotpStepAsync(session, proof.AccountId, step);

    private Proof Decide(string? verificationCode, TypedPassword typed, Credential credential, PasswordCheck check)
    {
        var rightAsAppended = credential.TwoFactorEnabled && check.IsWithoutCode;
        if (!check.IsWhole && !rightAsAppended)
            return Unauthorized;
        if (check.NeedsRenewal)
            renewal.Begin(credential, check.IsWhole ? typed.Whole : typed.WithoutCode!);
        if (!credential.TwoFactorEnabled)
            return new Proof.Given(credential.AccountId, credential.PasswordVersion, TotpStep: null);

        var code = string.IsNullOrEmpty(verificationCode) ? rightAsAppended ? typed.AppendedCode : null : verificationCode;
        if (code is null)
            return new Proof.Refused(PlexErrorCode.VerificationCodeRequired);
        return secondFactor.Match(credential, code) is { } step
            ? new Proof.Given(credential.AccountId, credential.PasswordVersion, step)
            : new Proof.Refused(PlexErrorCode.VerificationCodeInvalid);
    }
}
