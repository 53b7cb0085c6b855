using System.Net;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Home;

/// <summary>Hands a device over from one member of a Home to another.</summary>
internal sealed class HomeSwitchService(Database database, HomePinGuard guard, TokenGate gate, TimeProvider time)
{
    /// <param name="caller">A member's account token.</param>
    /// <param name="member">An id or a uuid.</param>
    /// <param name="pin">Needed where the member has one, whoever asks.</param>
    /// <param name="client">The device that shall be the member's.</param>
    /// <param name="address">Where it calls from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HashQueueFullException">There is no room to check the PIN now.</exception>
    public async Task<HomeResult> SwitchAsync(TokenGrant caller, string member, string? pin, ClientIdentity client, IPAddress? address, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(session => HomeStore.FindAsync(session, caller.AccountId, member), cancellationToken) is not { } found)
            return new HomeResult.Refused(PlexErrorCode.NotFound);

        return await CheckAsync(found, pin, cancellationToken) is { } refused
            ? refused
            : await database.WriteAsync(session => IssueAsync(session, caller, found, client, address), cancellationToken);
    }

    /// <summary>Whether somebody at a browser may be a managed user for a while. Not a grown-up: four digits must not lead where a password is asked for.</summary>
    /// <exception cref="HashQueueFullException">There is no room to check the PIN now.</exception>
    public async Task<HomeResult> AdmitAsync(Account caller, string member, string? pin, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => HomeStore.FindAsync(session, caller.Id, member), cancellationToken) switch
        {
            null => new HomeResult.Refused(PlexErrorCode.NotFound),
            { Restricted: false } => new HomeResult.Refused(PlexErrorCode.NotPermitted),
            var found => await CheckAsync(found, pin, cancellationToken) ?? new HomeResult.Admitted(found),
        };

    /// <returns>Null where the PIN is right, or none is needed.</returns>
    private async Task<HomeResult?> CheckAsync(HomeMember member, string? pin, CancellationToken cancellationToken) => await guard.CheckAsync(member, pin, cancellationToken) switch
    {
        HomePinCheck.Wrong => new HomeResult.Refused(PlexErrorCode.HomePinRequired),
        HomePinCheck.TooMany tooMany => new HomeResult.TooMany(tooMany.RetryAfter),
        _ => null,
    };

    /// <summary>Looks again whether the member is still in the Home and the PIN still the one that was checked.</summary>
    private async Task<HomeResult> IssueAsync(DatabaseSession session, TokenGrant caller, HomeMember found, ClientIdentity client, IPAddress? address)
    {
        if (await HomeStore.FindAsync(session, caller.AccountId, found.Uuid) is not { } now || !(now.SealedPin ?? []).AsSpan().SequenceEqual(found.SealedPin))
            return new HomeResult.Refused(PlexErrorCode.NotFound);

        if (!await DeviceStore.HasRoomAsync(session, found.AccountId, client.ClientIdentifier))
            return new HomeResult.Refused(new PlexErrorCode(1008));
        var device = await DeviceStore.SignInAsync(session, found.AccountId, client, address, time.GetUtcNow());
        var token = await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Account, found.AccountId, device));
        var account = await AccountStore.FindAsync(session, found.AccountId);
        if (token is null || account is null)
            return new HomeResult.Refused(PlexErrorCode.NotFound);

        var actor = new Actor("account", caller.ClientIdentifier, address?.ToString());
        await SecurityEventStore.AddAsync(session, new(SecurityEventKind.HomeSwitched, found.AccountId, actor) { Subject = client.ClientIdentifier }, time.GetUtcNow());
        return new HomeResult.Switched(account, token.Value);
    }
}
