using System.Net;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Resources;

/// <summary>Tells an account its servers, how each is reached, and with which token.</summary>
internal sealed class ResourceService(Database database, ServerTokens tokens, OwnConnections own, TimeProvider time)
{
    /// <summary>Servers report a few times in this span, so one that missed all of them is away.</summary>
    private static readonly TimeSpan Presence = TimeSpan.FromMinutes(15);

    /// <summary>For a token of one server, which a server elsewhere asks about that it was shown, the answer is that server alone.</summary>
    public async Task<IReadOnlyList<Resource>> ListAsync(TokenGrant caller, IPAddress? address, CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync(session => ReadAsync(session, caller, address, (_, device, row) => tokens.FindAsync(session, device, row.Id)), cancellationToken);
        return known.All(resource => resource.AccessToken is not null)
            ? known
            : await database.WriteAsync(session => ReadAsync(session, caller, address, (_, device, row) => tokens.IssueAsync(session, caller.AccountId, device, row.Id, row.MachineIdentifier)), cancellationToken);
    }

    private async Task<IReadOnlyList<Resource>> ReadAsync(DatabaseSession session, TokenGrant caller, IPAddress? address, Func<DatabaseSession, long, ResourceRow, Task<PlexToken?>> tokenFor)
    {
        var resources = new List<Resource>();
        foreach (var row in await ResourceStore.ListAsync(session, caller.AccountId))
        {
            if (caller.Kind == PlexTokenKind.Server && row.MachineIdentifier != caller.MachineIdentifier)
                continue;
            var connections = await SourceStore.ConnectionsAsync(session, row.Id);
            resources.Add(new(row, await tokenFor(session, caller.DeviceId, row), row.IsOwn ? [.. own.List(), .. connections] : connections)
            {
                Present = row.IsOwn || time.GetUtcNow() - row.LastSeen < Presence,
                PublicAddressMatches = row.PublicAddress is { } known && IPAddress.TryParse(known, out var server) && server.Equals(address),
            });
        }

        return resources;
    }
}
