using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.MediaServer;

/// <summary>Decides who may have a transient token for this server.</summary>
internal sealed class DelegationService(TransientTokens transients, OwnServer own)
{
    /// <returns>Null for a caller without access to this server, and for one whose own token is transient: 403 either way.</returns>
    public TransientToken? Delegate(TokenGrant caller) => caller.Access == ServerAccess.None ? null : transients.Mint(caller, own.MachineIdentifier);
}
