using System.Net;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.MediaServer.Authority;

/// <summary>The accounts are those of an account service elsewhere.</summary>
internal sealed class RemoteAuthority(AccountServiceLink accounts, OwnServer own, OwnClaim claim, PresenceReporter presence, TransientParents parents) : ServerAuthority
{
    /// <summary>A claimed server asks whether it still is, as its owner may have removed it from the account.</summary>
    public override async ValueTask<bool> MayBeClaimedAsync(CancellationToken cancellationToken)
    {
        if (!await own.IsClaimedAsync(cancellationToken))
            return true;
        await presence.ReportAsync(cancellationToken);
        return claim.IsDisowned;
    }

    public override async Task<bool> ClaimAsync(string claimToken, IPAddress? address, CancellationToken cancellationToken)
    {
        if (await accounts.ExchangeAsync(claimToken, cancellationToken) is not { } token)
            return false;
        await claim.ReplaceAsync(token, cancellationToken);
        await presence.ReportAsync(cancellationToken);
        return true;
    }

    public override async Task<bool> ReleaseAsync(TokenGrant owner, PlexToken ownersToken, IPAddress? address, CancellationToken cancellationToken)
    {
        await accounts.RemoveAsync(ownersToken, cancellationToken);
        await claim.ReplaceAsync(null, cancellationToken);
        return true;
    }

    public override async Task<Source?> FindSourceAsync(SourceName name, TokenGrant caller, PlexToken callerToken, CancellationToken cancellationToken)
    {
        if (name == new SourceName(SourceName.Server, own.MachineIdentifier))
            return new Source(name, own.FriendlyName, IsOwn: true, []);
        if (name.Scheme != SourceName.Server)
            return null;

        // A transient token is known here alone; its parent speaks for it.
        var servers = await accounts.ListServersAsync(parents.Find(caller.TokenId) ?? callerToken, cancellationToken);
        return servers.FirstOrDefault(server => server.ClientIdentifier == name.Identifier) is { } found
            ? new Source(name, found.Name, IsOwn: false, [.. found.Connections.Where(connection => connection.Uri is not null).Select(Read)])
            {
                CallersToken = caller.Kind != PlexTokenKind.Transient && found.AccessToken is { } accepted ? new PlexToken(accepted.Reveal()) : null,
                ReportedFrom = ReportedFrom(found),
            }
            : null;
    }

    public override void Remember(TokenGrant parent, PlexToken token) => parents.Keep(parent.TokenId, token);

    /// <summary>The account service's own media server reports nothing: it is where the account service is.</summary>
    private IPAddress? ReportedFrom(PlexResource server) =>
        IPAddress.TryParse(server.PublicAddress, out var address)
        || (server.Connections.All(connection => connection.Uri?.Authority == accounts.AccountUrl.Authority) && IPAddress.TryParse(accounts.AccountUrl.Host, out address))
            ? address
            : null;

    private static Connection Read(PlexConnection connection) => new()
    {
        Protocol = connection.Protocol,
        Address = connection.Address,
        Port = connection.Port,
        Uri = connection.Uri!.OriginalString,
        Local = connection.Local,
        Relay = connection.Relay,
    };
}
