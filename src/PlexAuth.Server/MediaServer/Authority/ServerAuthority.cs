using System.Net;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.MediaServer.Authority;

/// <summary>Says whose this media server is and which others its people may reach: the accounts of this process, or an account service elsewhere.</summary>
internal abstract class ServerAuthority
{
    /// <summary>Nobody owns the server.</summary>
    public abstract ValueTask<bool> MayBeClaimedAsync(CancellationToken cancellationToken);

    /// <summary>Gives the server to the account that a claim token is of.</summary>
    /// <returns>False when the token is not valid, or somebody owns the server.</returns>
    public abstract Task<bool> ClaimAsync(string claim, IPAddress? address, CancellationToken cancellationToken);

    /// <summary>Takes the server from its owner.</summary>
    /// <param name="owner">A grant of the owner's account token.</param>
    /// <param name="ownersToken">The token behind it.</param>
    /// <param name="address">Where the owner calls from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public abstract Task<bool> ReleaseAsync(TokenGrant owner, PlexToken ownersToken, IPAddress? address, CancellationToken cancellationToken);

    /// <returns>Null for one that is not there or not this caller's to see, which are the same to them.</returns>
    public abstract Task<Source?> FindSourceAsync(SourceName name, TokenGrant caller, PlexToken callerToken, CancellationToken cancellationToken);

    /// <summary>Sees to it that the parent of a transient token will be known again when that is shown.</summary>
    public abstract void Remember(TokenGrant parent, PlexToken token);
}
