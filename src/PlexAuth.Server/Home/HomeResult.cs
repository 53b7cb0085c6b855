using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Home;

/// <summary>What became of something asked of a Home.</summary>
internal abstract record HomeResult
{
    private HomeResult()
    {
    }

    public sealed record Done : HomeResult;

    public sealed record Created(Account Account) : HomeResult;

    /// <summary>The device is the member's now, with a token of its own.</summary>
    public sealed record Switched(Account Account, PlexToken Token) : HomeResult;

    /// <summary>The member's PIN was right, or none was needed.</summary>
    public sealed record Admitted(HomeMember Member) : HomeResult;

    /// <summary>1002 for whoever is not in the caller's Home, 1041 for a PIN that is wrong or missing.</summary>
    public sealed record Refused(PlexErrorCode Code) : HomeResult;

    /// <summary>No PIN is compared for now.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : HomeResult;
}
