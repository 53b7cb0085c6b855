namespace PlexAuth;

/// <summary>What a token stands for, and so where it is accepted.</summary>
public enum PlexTokenKind
{
    /// <summary>A device's token for a whole account; accepted by the account service, and by the media servers its account owns.</summary>
    Account,

    /// <summary>One account's token for one media server; accepted by that server alone.</summary>
    Server,

    /// <summary>Delegated by a media server, same access level as its parent, at most 48 hours, gone when that server restarts.</summary>
    Transient,

    /// <summary>A device's signed token (JWT) of seven days for an account.</summary>
    Jwt,
}
