using PlexAuth.Server.Data;

namespace PlexAuth.Server.Accounts;

/// <summary>Checks verification codes against an account's sealed seed.</summary>
internal sealed class SecondFactor(KeyRing keys, TimeProvider time)
{
    private const string Purpose = "totp";

    /// <returns>What the code is, still to be used up; null for a wrong code.</returns>
    public MatchedCode? Match(Credential credential, string code) =>
        credential.SealedTotpSeed is { } sealedSeed
        && Totp.Match(keys.Unseal(Purpose, credential.Uuid, sealedSeed), code.Trim(), time.GetUtcNow(), credential.TotpLastStep) is { } step
            ? new MatchedCode(step)
            : null;

    /// <returns>False when it was used before.</returns>
    public static Task<bool> UseAsync(DatabaseSession session, int accountId, MatchedCode code) => AccountStore.UseTotpStepAsync(session, accountId, code.TotpStep);

    public byte[] Seal(string uuid, ReadOnlySpan<byte> seed) => keys.Seal(Purpose, uuid, seed);
}

/// <param name="TotpStep">The step that a time-based code belongs to.</param>
internal sealed record MatchedCode(long TotpStep);
