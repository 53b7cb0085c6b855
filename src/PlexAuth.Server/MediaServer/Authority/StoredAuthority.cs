using System.Net;
using PlexAuth.Server.Claiming;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.MediaServer.Authority;

/// <summary>The accounts are this process's own.</summary>
internal sealed class StoredAuthority(Database database, OwnServer own, ClaimService claims, ServerTokens tokens) : ServerAuthority
{
    public override async ValueTask<bool> MayBeClaimedAsync(CancellationToken cancellationToken) => !await own.IsClaimedAsync(cancellationToken);

    public override Task<bool> ClaimAsync(string claim, IPAddress? address, CancellationToken cancellationToken) => claims.ClaimOwnAsync(claim, address, cancellationToken);

    public override Task<bool> ReleaseAsync(TokenGrant owner, PlexToken ownersToken, IPAddress? address, CancellationToken cancellationToken) =>
        claims.UnclaimOwnAsync(owner.AccountId, address, cancellationToken);

    public override async Task<Source?> FindSourceAsync(SourceName name, TokenGrant caller, PlexToken callerToken, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(session => SourceStore.FindAsync(session, name, caller.AccountId), cancellationToken) is not { } found)
            return null;
        if (found.Source.IsOwn || name.Scheme != SourceName.Server || caller.Kind == PlexTokenKind.Transient)
            return found.Source;
        var token = await database.WriteAsync(session => tokens.IssueAsync(session, caller.AccountId, caller.DeviceId, found.Id, name.Identifier), cancellationToken);
        return found.Source with { CallersToken = token };
    }

    /// <summary>Stored tokens are known anyway.</summary>
    public override void Remember(TokenGrant parent, PlexToken token)
    {
    }
}
