using PlexAuth.Server.MediaServer.Authority;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.MediaServer;

/// <summary>Decides who may have a transient token for this server.</summary>
internal sealed class DelegationService(TransientTokens transients, OwnServer own, ServerAuthority authority)
{
    /// <returns>Null for a caller without access to this server, and for one whose own token is transient: 403 either way.</returns>
    public TransientToken? Delegate(TokenGrant caller, PlexToken callerToken)
    {
        if (caller.Access == ServerAccess.None || transients.Mint(caller, own.MachineIdentifier) is not { } minted)
            return null;
        authority.Remember(caller, callerToken);
        return minted;
    }
}
