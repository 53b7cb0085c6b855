using System.Net;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Claiming;

/// <summary>Makes an account the owner of a media server, by a token that the account gets and the server spends. A server changes hands only after its owner let go of it.</summary>
internal sealed class ClaimService(Database database, TokenGate gate, TokenCache cache, OwnServer own, RandomSource random, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(4);

    private const string Prefix = "claim-";

    /// <returns>Null for a managed user, who owns nothing.</returns>
    public async Task<string?> CreateAsync(Account caller, CancellationToken cancellationToken)
    {
        if (caller.Restricted)
            return null;
        var token = Prefix + TokenGenerator.Create(random).Reveal();
        await database.WriteAsync(session => ClaimStore.ReplaceAsync(session, caller.Id, TokenHash.Of(token), time.GetUtcNow() + Lifetime), cancellationToken);
        return token;
    }

    /// <summary>A server claims itself and gets a token with which it reports where it is, and nothing else.</summary>
    /// <param name="claim">The claim token.</param>
    /// <param name="server">The server; its client identifier is its machine identifier.</param>
    /// <param name="address">Where it calls from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ClaimExchange> ExchangeAsync(string claim, ClientIdentity server, IPAddress? address, CancellationToken cancellationToken) => database.WriteAsync<ClaimExchange>(
        async session =>
        {
            var now = time.GetUtcNow();
            if (await ClaimStore.SpendAsync(session, TokenHash.Of(claim), now) is not { } accountId)
                return new ClaimExchange.Refused(PlexErrorCode.NotPermitted);
            if (!await DeviceStore.HasRoomAsync(session, accountId, server.ClientIdentifier))
                return new ClaimExchange.Refused(new PlexErrorCode(1008));
            if (!await ClaimStore.ClaimAsync(session, server.ClientIdentifier, server.DeviceName ?? server.ClientIdentifier, accountId, now))
                return new ClaimExchange.Refused(PlexErrorCode.NotPermitted);

            var device = await DeviceStore.SignInAsync(session, accountId, server, address, now);
            await RecordAsync(session, SecurityEventKind.ServerClaimed, accountId, server.ClientIdentifier, address);
            var token = await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Server, accountId, device) { MachineIdentifier = server.ClientIdentifier });
            return token is { } issued ? new ClaimExchange.Claimed(issued) : new ClaimExchange.Refused(PlexErrorCode.NotPermitted);
        },
        cancellationToken);

    /// <summary>Claims this process's own server, while nobody owns it.</summary>
    public async Task<bool> ClaimOwnAsync(string claim, IPAddress? address, CancellationToken cancellationToken)
    {
        var claimed = await database.WriteAsync(
            async session =>
            {
                if (await ClaimStore.SpendAsync(session, TokenHash.Of(claim), time.GetUtcNow()) is not { } accountId || !await SourceStore.ClaimOwnAsync(session, accountId))
                    return false;
                await RecordAsync(session, SecurityEventKind.ServerClaimed, accountId, own.MachineIdentifier, address);
                return true;
            },
            cancellationToken);
        await own.ReloadAsync(cancellationToken);
        cache.Forget(_ => true);
        return claimed;
    }

    /// <summary>Lets go of this process's own server. What was shared is shared no longer.</summary>
    public async Task<bool> UnclaimOwnAsync(int accountId, IPAddress? address, CancellationToken cancellationToken)
    {
        var unclaimed = await database.WriteAsync(
            async session =>
            {
                if (!await ClaimStore.UnclaimAsync(session, own.MachineIdentifier, accountId, own: true))
                    return false;
                await RecordAsync(session, SecurityEventKind.ServerUnclaimed, accountId, own.MachineIdentifier, address);
                return true;
            },
            cancellationToken);
        await own.ReloadAsync(cancellationToken);
        cache.Forget(_ => true);
        return unclaimed;
    }

    private Task RecordAsync(DatabaseSession session, string kind, int accountId, string machineIdentifier, IPAddress? address) => SecurityEventStore.AddAsync(
        session, new(kind, accountId, new Actor("account", machineIdentifier, address?.ToString())) { Subject = machineIdentifier }, time.GetUtcNow());
}

/// <summary>What became of a server's claim.</summary>
internal abstract record ClaimExchange
{
    private ClaimExchange()
    {
    }

    public sealed record Claimed(PlexToken Token) : ClaimExchange;

    /// <summary>The token is not valid, somebody owns the server, or, with 1008, its account has too many devices.</summary>
    public sealed record Refused(PlexErrorCode Code) : ClaimExchange;
}
