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

    /// <summary>Nothing was checked: the server has more sign-ins than it can hash.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : SignInResult;
}
