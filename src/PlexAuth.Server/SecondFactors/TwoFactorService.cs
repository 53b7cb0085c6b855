using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Throttling;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.SecondFactors;

/// <summary>Turns an account's second factor on and off. It is on once a first code proved that its seed has arrived.</summary>
internal sealed class TwoFactorService(Database database, ProofService proofs, SecondFactor secondFactor, SignInGuard guard, TokenCache tokens, RandomSource random, TimeProvider time)
{
    private const int SeedLength = 20;

    /// <summary>Makes a seed, which counts for nothing until <see cref="ConfirmAsync"/>.</summary>
    public async Task<TwoFactorAnswer> BeginAsync(Account account, string? password, Caller caller, CancellationToken cancellationToken)
    {
        if (account.TwoFactorEnabled)
            return new TwoFactorAnswer.Refused(new PlexErrorCode(1027));
        return await proofs.ConfirmAsync(account, password, verificationCode: null, caller, cancellationToken) switch
        {
            Proof.Given given => await BeginAsync(account, given, cancellationToken),
            var other => TwoFactorAnswer.Of(other),
        };
    }

    /// <summary>Turns the second factor on with a code of the seed that was begun with.</summary>
    public async Task<TwoFactorAnswer> ConfirmAsync(Account account, string code, Caller caller, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(session => SecondFactorStore.FindEnrolmentAsync(session, account.Id, time.GetUtcNow()), cancellationToken) is not { } sealedSeed)
            return new TwoFactorAnswer.Refused(new PlexErrorCode(1026));
        var admission = await guard.AdmitCodeAsync(new SignInAdmission([]) { Network = caller.Network.Network }, account.Uuid, cancellationToken);
        if (admission.Wait is { } wait)
            return new TwoFactorAnswer.Throttled(admission.Refusal, wait);
        if (secondFactor.MatchTotp(account.Uuid, sealedSeed, code, lastStep: 0) is not { } step)
            return new TwoFactorAnswer.Refused(PlexErrorCode.VerificationCodeInvalid);
        var answer = await EnableAsync(account, sealedSeed, step, admission, caller, cancellationToken);
        tokens.Forget(grant => grant.AccountId == account.Id);
        return answer;
    }

    public Task<TwoFactorAnswer> DisableAsync(Account account, string? password, string? code, Caller caller, CancellationToken cancellationToken) =>
        ChangeAsync(account, password, code, caller, async session =>
        {
            await SecondFactorStore.DisableAsync(session, account.Id, time.GetUtcNow());
            await RecordAsync(session, SecurityEventKind.TwoFactorDisabled, account, caller);
            return new TwoFactorAnswer.Done();
        }, cancellationToken);

    /// <summary>Makes ten new backup codes; the former ones are worth nothing from then on.</summary>
    public Task<TwoFactorAnswer> CreateBackupCodesAsync(Account account, string? password, string? code, Caller caller, CancellationToken cancellationToken) =>
        ChangeAsync(account, password, code, caller, session => CreateCodesAsync(session, account, caller), cancellationToken);

    private async Task<TwoFactorAnswer> BeginAsync(Account account, Proof.Given proof, CancellationToken cancellationToken)
    {
        var seed = random.Bytes("second factor", SeedLength);
        var sealedSeed = secondFactor.Seal(account.Uuid, seed);
        await database.WriteAsync(
            async session =>
            {
                await ProofService.UseAsync(session, proof);
                await SecondFactorStore.BeginAsync(session, account.Id, sealedSeed, time.GetUtcNow());
            },
            cancellationToken);
        return new TwoFactorAnswer.Begun(Base32.Encode(seed), account.Email);
    }

    private Task<TwoFactorAnswer> EnableAsync(
        Account account, byte[] sealedSeed, long step, SignInAdmission admission, Caller caller, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (!await SecondFactorStore.EnableAsync(session, account.Id, sealedSeed, step, time.GetUtcNow()))
                return new TwoFactorAnswer.Refused(new PlexErrorCode(1027));
            await SignInGuard.ReleaseAsync(session, admission, time.GetUtcNow());
            await RecordAsync(session, SecurityEventKind.TwoFactorEnabled, account, caller);
            return await CreateCodesAsync(session, account, caller);
        },
        cancellationToken);

    private async Task<TwoFactorAnswer> ChangeAsync(
        Account account, string? password, string? code, Caller caller, Func<DatabaseSession, Task<TwoFactorAnswer>> change, CancellationToken cancellationToken)
    {
        if (!account.TwoFactorEnabled)
            return new TwoFactorAnswer.Refused(new PlexErrorCode(1025));
        var proof = await proofs.ConfirmAsync(account, password, code, caller, cancellationToken);
        if (proof is not Proof.Given given)
            return TwoFactorAnswer.Of(proof);
        var answer = await database.WriteAsync(
            async session => await ProofService.UseAsync(session, given) ? await change(session) : new TwoFactorAnswer.Refused(PlexErrorCode.VerificationCodeInvalid),
            cancellationToken);
        tokens.Forget(grant => grant.AccountId == account.Id);
        return answer;
    }

    private async Task<TwoFactorAnswer> CreateCodesAsync(DatabaseSession session, Account account, Caller caller)
    {
        string[] codes = [.. Enumerable.Range(0, BackupCode.Count).Select(_ => BackupCode.Create(random))];
        await SecondFactorStore.ReplaceCodesAsync(session, account.Id, codes.Select(code => BackupCode.Hash(code)!), time.GetUtcNow());
        await RecordAsync(session, SecurityEventKind.BackupCodesCreated, account, caller);
        return new TwoFactorAnswer.CodesCreated(codes);
    }

    private Task RecordAsync(DatabaseSession session, string kind, Account account, Caller caller) =>
        SecurityEventStore.AddAsync(session, new(kind, account.Id, caller.Actor), time.GetUtcNow());
}
