using PlexAuth.Server.Data;

namespace PlexAuth.Server.Accounts;

/// <summary>Checks verification codes against an account's sealed seed.</summary>
internal sealed class SecondFactor(KeyRing keys, TimeProvider time)
{
    private const string Purpose = "totp";

    /// <returns>The step that the code belongs to, still to be used up; null for a wrong code.</returns>
    public long? Match(Credential credential, string code) => credential.SealedTotpSeed is { } sealedSeed
        ? Totp.Match(keys.Unseal(Purpose, credential.Uuid, sealedSeed), code.Trim(), time.GetUtcNow(), credential.TotpLastStep)
        : null;

    public byte[] Seal(string uuid, ReadOnlySpan<byte> seed) => keys.Seal(Purpose, uuid, seed);
}
