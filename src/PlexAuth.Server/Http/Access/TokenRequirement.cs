using PlexAuth.Server.MediaServer;

namespace PlexAuth.Server.Http.Access;

/// <summary>Which tokens open a route. Every route of the protocol names one of these or is open to all by name.</summary>
internal sealed record TokenRequirement
{
    private TokenRequirement()
    {
    }

    /// <summary>A device's token for a whole account: the account service knows no other.</summary>
    public static TokenRequirement Account { get; } = new();

    /// <summary>As <see cref="Account"/>, of the account that owns this process's media server, which is the administrator.</summary>
    public static TokenRequirement Administrator { get; } = new() { Least = ServerAccess.Owner };

    /// <summary>A device's token for a whole account, or one for a single server, which then is all that the answer is about.</summary>
    public static TokenRequirement AccountOrServerToken { get; } = new() { OrForOneServer = true };

    /// <summary>Any token of somebody who has access to this process's media server.</summary>
    public static TokenRequirement Server { get; } = new() { ForServer = true, Least = ServerAccess.Shared };

    /// <summary>A token of the media server's owner, or a transient one made from it.</summary>
    public static TokenRequirement ServerOwner { get; } = new() { ForServer = true, Least = ServerAccess.Owner };

    /// <summary>The token that a claim gave a media server, to report where it is.</summary>
    public static TokenRequirement RegisteredServer { get; } = new() { OfServerItself = true };

    public bool ForServer { get; private init; }

    public ServerAccess Least { get; private init; } = ServerAccess.None;

    /// <summary>Only a media server's own token, as the device that it was issued to has the server's identifier.</summary>
    public bool OfServerItself { get; private init; }

    /// <summary>Also a person's token for a single media server.</summary>
    public bool OrForOneServer { get; private init; }
}
