using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.SecondFactors;

/// <summary>Checks verification codes: of an authenticator against the account's sealed seed, or backup codes.</summary>
internal sealed class SecondFactor(KeyRing keys, Database database, TimeProvider time)
{
    private const string Purpose = "totp";

    /// <returns>What the code is, still to be used up; null for a wrong code.</returns>
    public async Task<MatchedCode?> MatchAsync(Credential credential, string code, CancellationToken cancellationToken)
    {
        if (credential.SealedTotpSeed is { } seed && MatchTotp(credential.Uuid, seed, code, credential.TotpLastStep) is { } step)
            return new MatchedCode(step, BackupCodeHash: null);
        return BackupCode.Hash(code) is { } hash
            && await database.ReadAsync(session => SecondFactorStore.HasCodeAsync(session, credential.AccountId, hash), cancellationToken)
                ? new MatchedCode(TotpStep: null, hash)
                : null;
    }

    public long? MatchTotp(string uuid, byte[] sealedSeed, string code, long lastStep) =>
        Totp.Match(keys.Unseal(Purpose, uuid, sealedSeed), code.Replace(" ", "", StringComparison.Ordinal), time.GetUtcNow(), lastStep);

    /// <returns>False when it was used before.</returns>
    public static Task<bool> UseAsync(DatabaseSession session, int accountId, MatchedCode code) => code.BackupCodeHash is { } hash
        ? SecondFactorStore.UseCodeAsync(session, accountId, hash)
        : AccountStore.UseTotpStepAsync(session, accountId, code.TotpStep!.Value);

    public byte[] Seal(string uuid, ReadOnlySpan<byte> seed) => keys.Seal(Purpose, uuid, seed);
}

/// <summary>A code that was right: a step of the authenticator, or a backup code.</summary>
internal sealed record MatchedCode(long? TotpStep, byte[]? BackupCodeHash);
