using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Accounts;

/// <summary>Signs a device in, for the account that its user proves to be.</summary>
internal sealed class SignInService(Database database, ProofService proofs, TokenGate gate, TimeProvider time)
{
    public async Task<SignInResult> SignInAsync(SignInAttempt attempt, CancellationToken cancellationToken) =>
        await proofs.ProveAsync(attempt.Login, attempt.Password, attempt.VerificationCode, Caller.Anyone(attempt.Address, attempt.Client.ClientIdentifier), cancellationToken) switch
        {
            Proof.Given given => await IssueAsync(attempt, given, cancellationToken),
            Proof.Refused refused => new SignInResult.Refused(refused.Code),
            Proof.Throttled throttled => new SignInResult.Throttled(throttled.Code, throttled.RetryAfter),
            Proof.Busy busy => new SignInResult.Busy(busy.RetryAfter),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };

    /// <summary>Device, used-up code and token come into being together or not at all.</summary>
    private Task<SignInResult> IssueAsync(SignInAttempt attempt, Proof.Given proof, CancellationToken cancellationToken) => database.WriteAsync<SignInResult>(
        async session =>
        {
            if (!await ProofService.UseAsync(session, proof))
                return new SignInResult.Refused(PlexErrorCode.VerificationCodeInvalid);
            if (!await DeviceStore.HasRoomAsync(session, proof.AccountId, attempt.Client.ClientIdentifier))
                return new SignInResult.Refused(new PlexErrorCode(1008));
            if (await DeviceStore.FindAsync(session, proof.AccountId, attempt.Client.ClientIdentifier) is null)
                await SecurityEventStore.AddAsync(session, new(SecurityEventKind.DeviceAdded, proof.AccountId, proof.Caller.Actor) { Subject = attempt.Client.ClientIdentifier }, time.GetUtcNow());
            var device = await DeviceStore.SignInAsync(session, proof.AccountId, attempt.Client, attempt.Address, time.GetUtcNow());
            var token = await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Account, proof.AccountId, device) { PasswordVersion = proof.PasswordVersion });
            var account = await AccountStore.FindAsync(session, proof.AccountId);
            return token is null || account is null ? new SignInResult.Refused(PlexErrorCode.Unauthorized) : new SignInResult.SignedIn(account, token.Value);
        },
        cancellationToken);
}
