using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.SecondFactors;

/// <summary>What became of a change to a second factor.</summary>
internal abstract record TwoFactorAnswer
{
    private TwoFactorAnswer()
    {
    }

    /// <param name="Seed">Base 32, for the authenticator app.</param>
    public sealed record Begun(string Seed, string Email) : TwoFactorAnswer
    {
        private const string Issuer = "PlexAuth";

        /// <summary>What an authenticator app reads from a QR code.</summary>
        public string Uri => $"otpauth://totp/{Issuer}:{System.Uri.EscapeDataString(Email)}?secret={Seed}&issuer={Issuer}&algorithm=SHA1&digits=6&period=30";

        public override string ToString() => "Begun(***)";
    }

    /// <summary>Shown this once.</summary>
    public sealed record CodesCreated(IReadOnlyList<string> Codes) : TwoFactorAnswer
    {
        public override string ToString() => "CodesCreated(***)";
    }

    public sealed record Done : TwoFactorAnswer;

    public sealed record Refused(PlexErrorCode Code) : TwoFactorAnswer;

    public sealed record Throttled(PlexErrorCode Code, TimeSpan RetryAfter) : TwoFactorAnswer;

    public static TwoFactorAnswer Of(Proof proof) => proof switch
    {
        Proof.Refused refused => new Refused(refused.Code),
        Proof.Throttled throttled => new Throttled(throttled.Code, throttled.RetryAfter),
        Proof.Busy busy => new Throttled(PlexErrorCode.ServiceUnavailable, busy.RetryAfter),
        _ => throw new InvalidOperationException($"No answer for {proof}."),
    };
}
