using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Throttling;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Sharing;

/// <summary>Shares media servers with friends. Only a server's owner shares it or takes it back; who it is shared with may leave.</summary>
internal sealed class SharingService(Database database, ServerTokens serverTokens, TokenCache cache, TimeProvider time)
{
    // Whoever invites logins that do not exist is looking for those that do.
    private static readonly ThrottleRule UnknownFriends = new ThrottleRule.Budget(20, TimeSpan.FromHours(1), TimeSpan.FromDays(1)) { Window = TimeSpan.FromHours(1) };

    public Task<Circle> GetCircleAsync(int accountId, CancellationToken cancellationToken) => database.ReadAsync(
        async session => new Circle(accountId, await SharingStore.ListFriendsAsync(session, accountId), await SharingStore.ListSharesAsync(session, accountId)), cancellationToken);

    /// <returns>With whom a server is shared, and the token of each for it; null when it is not the caller's.</returns>
    public Task<IReadOnlyList<SharedWith>?> ListAsync(int accountId, string machineIdentifier, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (await SharingStore.FindOwnedAsync(session, accountId, machineIdentifier) is not { } server)
                return null;
            var friends = (await SharingStore.ListFriendsAsync(session, accountId)).ToDictionary(friend => friend.Id);
            var shared = new List<SharedWith>();
            foreach (var share in (await SharingStore.ListSharesAsync(session, accountId)).Where(share => share.SourceId == server.SourceId && friends.ContainsKey(share.AccountId)))
                shared.Add(new(friends[share.AccountId], share, await TokenAsync(session, share)));
            return (IReadOnlyList<SharedWith>?)shared;
        },
        cancellationToken);

    /// <param name="caller">The server's owner.</param>
    /// <param name="machineIdentifier">Which server.</param>
    /// <param name="login">A username, an e-mail address, or the id of somebody known already.</param>
    /// <param name="actor">For the audit trail.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SharingResult> ShareAsync(Account caller, string machineIdentifier, string login, Actor actor, CancellationToken cancellationToken) => database.WriteAsync<SharingResult>(
        async session =>
        {
            var now = time.GetUtcNow();
            if (caller.Restricted)
                return new SharingResult.Refused(PlexErrorCode.ManagedUserNotAllowed);
            if (await SharingStore.FindOwnedAsync(session, caller.Id, machineIdentifier) is not { } server)
                return new SharingResult.Refused(PlexErrorCode.NotFound);
            var place = await ThrottleStore.TakeAsync(session, $"invite:{caller.Uuid}", UnknownFriends, now);
            if (place.Wait is { } wait)
                return new SharingResult.TooMany(wait);
            if (await FindAsync(session, caller.Id, login) is not { } invited || invited.AccountId == caller.Id)
                return new SharingResult.Refused(PlexErrorCode.NotFound);

            await ThrottleStore.GiveBackAsync(session, place);
            if (await SharingStore.ShareAsync(session, server.SourceId, invited, now))
                await SecurityEventStore.AddAsync(session, new(SecurityEventKind.ServerShared, caller.Id, actor) { Subject = machineIdentifier }, now);
            cache.Forget(grant => grant.AccountId == invited.AccountId);
            var friend = (await SharingStore.ListFriendsAsync(session, caller.Id)).Single(friend => friend.Id == invited.AccountId);
            var share = (await SharingStore.ListSharesAsync(session, caller.Id)).Single(share => share.SourceId == server.SourceId && share.AccountId == invited.AccountId);
            return new SharingResult.Shared(new SharedWith(friend, share, AccessToken: null));
        },
        cancellationToken);

    /// <summary>Takes a server back from somebody; every token of theirs for it is refused from the moment this returns.</summary>
    /// <returns>False when the server is not the caller's or not shared with them.</returns>
    public async Task<bool> UnshareAsync(int accountId, string machineIdentifier, int friendId, Actor actor, CancellationToken cancellationToken)
    {
        var taken = await database.WriteAsync(
            async session =>
            {
                if (await SharingStore.FindOwnedAsync(session, accountId, machineIdentifier) is not { } server || !await SharingStore.UnshareAsync(session, server.SourceId, friendId))
                    return false;
                await SecurityEventStore.AddAsync(session, new(SecurityEventKind.ServerUnshared, accountId, actor) { Subject = machineIdentifier }, time.GetUtcNow());
                return true;
            },
            cancellationToken);
        cache.Forget(grant => grant.AccountId == friendId);
        return taken;
    }

    /// <summary>Ends all sharing between two people, in both directions.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> PartAsync(int accountId, int friendId, Actor actor, CancellationToken cancellationToken)
    {
        var parted = await database.WriteAsync(
            async session =>
            {
                var between = (await SharingStore.ListSharesAsync(session, accountId))
                    .Where(share => (share.OwnerId, share.AccountId) == (accountId, friendId) || (share.OwnerId, share.AccountId) == (friendId, accountId)).ToList();
                foreach (var share in between)
                {
                    await SharingStore.UnshareAsync(session, share.SourceId, share.AccountId);
                    await SecurityEventStore.AddAsync(session, new(SecurityEventKind.ServerUnshared, accountId, actor) { Subject = share.MachineIdentifier }, time.GetUtcNow());
                }

                return between.Count > 0;
            },
            cancellationToken);
        cache.Forget(grant => grant.AccountId == friendId || grant.AccountId == accountId);
        return parted;
    }

    private static async Task<Invited?> FindAsync(DatabaseSession session, int accountId, string login) =>
        int.TryParse(login, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)
            && await SharingStore.FindInvitedAsync(session, accountId, id) is { } known ? known
        : LoginKey.From(login) is { } key ? await SharingStore.FindInvitedAsync(session, key)
        : null;

    /// <summary>
    /// The owner sees it as a device of the friend's that bears the server's name, so that the friend sees, and can remove, what the owner has. It is not called by the machine
    /// identifier, which only the server's own token is.
    /// </summary>
    /// <returns>Null where the friend has no room for one more device.</returns>
    private async Task<PlexToken?> TokenAsync(DatabaseSession session, Share share)
    {
        var identifier = $"shared-{share.MachineIdentifier}";
        if (!await DeviceStore.HasRoomAsync(session, share.AccountId, identifier))
            return null;
        var device = await DeviceStore.SignInAsync(
            session, share.AccountId, new ClientIdentity(identifier) { Product = "Plex Media Server", DeviceName = share.Name }, address: null, time.GetUtcNow());
        return await serverTokens.IssueAsync(session, share.AccountId, device, share.SourceId, share.MachineIdentifier);
    }
}

/// <summary>An account's friends, and all shares with them.</summary>
internal sealed record Circle(int AccountId, IReadOnlyList<Friend> Friends, IReadOnlyList<Share> Shares)
{
    public IEnumerable<Share> SharedWith(Friend friend) => Shares.Where(share => share.OwnerId == AccountId && share.AccountId == friend.Id);

    public IEnumerable<Share> SharedBy(Friend friend) => Shares.Where(share => share.OwnerId == friend.Id);
}

internal sealed record SharedWith(Friend Friend, Share Share, PlexToken? AccessToken);

/// <summary>What became of sharing a server.</summary>
internal abstract record SharingResult
{
    private SharingResult()
    {
    }

    public sealed record Shared(SharedWith With) : SharingResult;

    /// <summary>1002 when the server is not the caller's, or nobody has that login.</summary>
    public sealed record Refused(PlexErrorCode Code) : SharingResult;

    /// <summary>Too many logins that do not exist.</summary>
    public sealed record TooMany(TimeSpan RetryAfter) : SharingResult;
}
