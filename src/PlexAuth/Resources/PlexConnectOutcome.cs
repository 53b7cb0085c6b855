namespace PlexAuth;

/// <summary>How an attempt to reach a media server under one address ended. More values may come.</summary>
public enum PlexConnectOutcome
{
    /// <summary>This address is the one in use.</summary>
    Connected,

    /// <summary>It would have done; a better one was there.</summary>
    Reachable,

    /// <summary>Not tried, or given up, because another answered first.</summary>
    NotNeeded,

    /// <summary>The policy, or the server itself, forbids it: plain http, the relay, or no address at all.</summary>
    NotAllowed,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>Nobody listens there, or no way leads there.</summary>
    Refused,

    /// <summary>The name does not exist.</summary>
    NameNotFound,

    /// <summary>The name of a local address does not exist for this network: its DNS seems to suppress names that lead to private addresses.</summary>
    RebindSuspected,

    /// <summary>No secure connection: the certificate is not trusted, or what answers does not speak https.</summary>
    TlsFailed,

    /// <summary>The certificate is good, but for other names.</summary>
    NameMismatch,

    /// <summary>Another media server answers there. It was sent no token.</summary>
    WrongServer,

    /// <summary>The right server, which refuses the token.</summary>
    TokenRefused,

    /// <summary>What answers is no media server in order: a redirect, an error, a page of something in between.</summary>
    UnexpectedAnswer,
}
