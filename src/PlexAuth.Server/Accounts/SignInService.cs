using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Accounts;

/// <summary>Signs people in. Until the password is known to be right, every refusal says and costs the same.</summary>
internal sealed class SignInService(Database database, AccountStore accounts, PasswordHashing passwords, PasswordRenewal renewal, SecondFactor secondFactor, TokenGate gate, TimeProvider time)
{
    private static readonly SignInResult Unauthorized = new SignInResult.Refused(PlexErrorCode.Unauthorized);

    public async Task<SignInResult> SignInAsync(SignInAttempt attempt, CancellationToken cancellationToken)
    {
        var typed = TypedPassword.From(attempt.Password, attempt.VerificationCode);
        var credential = LoginKey.From(attempt.Login) is { } key ? await accounts.FindCredentialAsync(key, cancellationToken) : null;
        try
        {
            var check = await passwords.CheckAsync(credential, typed, cancellationToken);
            return credential is null || credential.Disabled ? Unauthorized : await DecideAsync(attempt, typed, credential, check, cancellationToken);
        }
        catch (HashQueueFullException)
        {
            return new SignInResult.Busy(HashQueueFullException.RetryAfter());
        }
    }

    private async Task<SignInResult> DecideAsync(
        SignInAttempt attempt, TypedPassword typed, Credential credential, PasswordCheck check, CancellationToken cancellationToken)
    {
        var rightAsAppended = credential.TwoFactorEnabled && check.IsWithoutCode;
        if (!check.IsWhole && !rightAsAppended)
            return Unauthorized;
        if (check.NeedsRenewal)
            renewal.Begin(credential, check.IsWhole ? typed.Whole : typed.WithoutCode!);
        if (!credential.TwoFactorEnabled)
            return await IssueAsync(attempt, credential, totpStep: null, cancellationToken);

        var code = string.IsNullOrEmpty(attempt.VerificationCode) ? rightAsAppended ? typed.AppendedCode : null : attempt.VerificationCode;
        if (code is null)
            return new SignInResult.Refused(PlexErrorCode.VerificationCodeRequired);
        return secondFactor.Match(credential, code) is { } step
            ? await IssueAsync(attempt, credential, step, cancellationToken)
            : new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid);
    }

    /// <summary>Device, used-up code and token come into being together or not at all.</summary>
    private Task<SignInResult> IssueAsync(SignInAttempt attempt, Credential credential, long? totpStep, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (totpStep is { } step && !await AccountStore.UseTotpStepAsync(session, credential.AccountId, step))
                return new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid);
            var device = await DeviceStore.SignInAsync(session, credential.AccountId, attempt.Client, attempt.Address, time.GetUtcNow());
            var token = await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Account, credential.AccountId, device) { PasswordVersion = credential.PasswordVersion });
            var account = await AccountStore.FindAsync(session, credential.AccountId);
            return token is null || account is null ? Unauthorized : new SignInResult.SignedIn(account, token.Value);
        },
        cancellationToken);
}
