using PlexAuth.Server.Accounts;
using PlexAuth.Server.MediaServer;

namespace PlexAuth.Server.Sessions;

/// <summary>Somebody signed in with a browser, for the pages alone: no session is a token, and the API takes no cookie.</summary>
internal sealed record BrowserSession(Account Account, ServerAccess Access, DateTimeOffset SignedInAt)
{
    public static readonly TimeSpan IdleLimit = TimeSpan.FromHours(1);
    public static readonly TimeSpan Limit = TimeSpan.FromHours(24);

    // What an administrator's session could be abused for is worth a password now and then.
    private static readonly TimeSpan LinkLimit = TimeSpan.FromHours(12);
    private static readonly TimeSpan OwnerLinkLimit = TimeSpan.FromMinutes(15);

    public bool IsOwner => Access == ServerAccess.Owner;

    /// <summary>Whether the password was given recently enough to sign an app in.</summary>
    public bool MayLinkAt(DateTimeOffset now) => now - SignedInAt < (IsOwner ? OwnerLinkLimit : LinkLimit);
}

/// <summary>A session's id, and the one that takes its place: an id that was known before somebody gave a password is worth nothing after it.</summary>
internal sealed record SessionRenewal(string FormerId, string Id)
{
    public override string ToString() => "SessionRenewal(***)";
}

/// <summary>What became of signing in with a browser.</summary>
internal abstract record SessionStart
{
    private SessionStart()
    {
    }

    /// <param name="Id">For the cookie, known to nobody else.</param>
    public sealed record Started(string Id, BrowserSession Session) : SessionStart
    {
        public override string ToString() => $"Started({Session.Account})";
    }

    public sealed record Refused(PlexErrorCode Code) : SessionStart;

    /// <summary>Too many wrong sign-ins, from this address (1031) or for this login.</summary>
    public sealed record Throttled(PlexErrorCode Code, TimeSpan RetryAfter) : SessionStart;

    public sealed record Busy(TimeSpan RetryAfter) : SessionStart;
}
