using PlexAuth.Server.Audit;
using PlexAuth.Server.SecondFactors;
using PlexAuth.Server.Throttling;

namespace PlexAuth.Server.Accounts;

/// <summary>What became of proving to be somebody.</summary>
internal abstract record Proof
{
    private Proof()
    {
    }

    /// <param name="PasswordVersion">Of the password that was right; what is given for this proof must be given to that version still.</param>
    /// <param name="Code">The verification code that was right, yet to be used up; null where none was needed.</param>
    /// <param name="Admission">The tries that it was counted as, yet to be given back.</param>
    /// <param name="At">When it was given.</param>
    public sealed record Given(int AccountId, long PasswordVersion, MatchedCode? Code, SignInAdmission Admission, DateTimeOffset At) : Proof
    {
        /// <summary>From where and for which client.</summary>
        public Caller Caller { get; init; } = Caller.Anyone(address: null);

        /// <summary>False for somebody who is signed in already and confirms to be it.</summary>
        public bool IsSignIn { get; init; } = true;
    }

    /// <summary>1001 without saying why, or 1029 and 1028 once the password was right.</summary>
    public sealed record Refused(PlexErrorCode Code) : Proof;

    /// <summary>Nothing was checked: there were too many wrong tries for this login (1003), or wrong codes, or from this address (1031).</summary>
    public sealed record Throttled(PlexErrorCode Code, TimeSpan RetryAfter) : Proof;

    /// <summary>Nothing was checked: the server has more sign-ins than it can hash.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : Proof;
}
