namespace PlexAuth;

/// <summary>What is known about a token after asking. Only <see cref="Invalid"/> and <see cref="Expired"/> are reasons to discard it.</summary>
public enum PlexTokenStatus
{
    /// <summary>The account service accepted it.</summary>
    Valid,

    /// <summary>HTTP 401: revoked or never issued; or the account service refuses the device key that tokens are renewed with. Sign in again.</summary>
    Invalid,

    /// <summary>HTTP 498: it was good and has run out. Get a new one from its source.</summary>
    Expired,

    /// <summary>No readable answer of the account service: no network, a timeout, or something in between that answered in its place.</summary>
    Unreachable,

    /// <summary>HTTP 429: ask again later.</summary>
    RateLimited,

    /// <summary>The service answered with a failure of its own (any other status), which says nothing about the token.</summary>
    ServerError,
}
