namespace PlexAuth.Server.Accounts;

/// <summary>What became of a sign-in.</summary>
internal abstract record SignInResult
{
    private SignInResult()
    {
    }

    public sealed record SignedIn(Account Account, PlexToken Token) : SignInResult;

    /// <summary>1001 without saying why, or 1029 and 1028 once the password was right.</summary>
    public sealed record Refused(PlexErrorCode Code) : SignInResult;

    /// <summary>Nothing was checked: there were too many wrong tries for this login (1003), or wrong codes, or from this address (1031).</summary>
    public sealed record Throttled(PlexErrorCode Code, TimeSpan RetryAfter) : SignInResult;

    /// <summary>Nothing was checked: the server has more sign-ins than it can hash.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : SignInResult;
}
