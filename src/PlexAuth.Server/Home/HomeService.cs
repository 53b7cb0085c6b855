using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Home;

/// <summary>Who is in a Home, and the PINs that protect them.</summary>
internal sealed class HomeService(Database database, HomePins pins, HomePinGuard guard, TokenCache tokens, RandomSource random, TimeProvider time)
{
    public const int MaxMembers = 15;
    public const int MaxTitleLength = 64;

    /// <summary>Four digits, or none to take the PIN away.</summary>
    public static PlexErrorCode PinMalformed { get; } = new(1038);

    private static readonly string[] Profiles = ["little_kid", "older_kid", "teen"];

    public Task<HomeMembers> GetAsync(Account caller, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            if (caller.HomeId is not { } id)
                return new HomeMembers(0, "", caller.SubscriptionActive, [caller]);
            var members = await HomeStore.ListAsync(session, id);
            return new HomeMembers(id, await HomeStore.FindNameAsync(session, id) ?? "", members.Any(member => member is { HomeAdmin: true, SubscriptionActive: true }), members);
        },
        cancellationToken);

    /// <summary>Makes a managed user. The first one makes the Home.</summary>
    public async Task<HomeResult> CreateManagedAsync(Account caller, string title, string? profile, Actor actor, CancellationToken cancellationToken)
    {
        if (RefuseAsAdmin(caller, mayFound: true) is { } refused)
            return refused;
        if (title.Length is 0 or > MaxTitleLength || (profile is not null && !Profiles.Contains(profile, StringComparer.Ordinal)))
            return new HomeResult.Refused(PlexErrorCode.BadRequest);

        var created = await database.WriteAsync(session => CreateManagedAsync(session, caller, title, profile, actor), cancellationToken);
        tokens.Forget(grant => grant.AccountId == caller.Id);
        return created;
    }

    /// <summary>Removes a member: at the admin's wish, or a grown-up's own. A managed user is deleted with all tokens.</summary>
    public async Task<HomeResult> RemoveAsync(Account caller, string member, Actor actor, CancellationToken cancellationToken)
    {
        var removed = 0;
        var result = await database.WriteAsync<HomeResult>(
            async session =>
            {
                if (await HomeStore.FindAsync(session, caller.Id, member) is not { } found)
                    return new HomeResult.Refused(PlexErrorCode.NotFound);
                if (found.Admin || caller.Restricted || (found.AccountId != caller.Id && !caller.HomeAdmin))
                    return new HomeResult.Refused(caller.Restricted ? PlexErrorCode.ManagedUserNotAllowed : PlexErrorCode.NotPermitted);
                removed = found.AccountId;
                _ = found.Restricted ? await HomeStore.DeleteManagedAsync(session, found.AccountId) : await HomeStore.LeaveAsync(session, found.AccountId, time.GetUtcNow());
                await SecurityEventStore.AddAsync(session, new(SecurityEventKind.HomeMemberRemoved, caller.Id, actor) { Subject = found.Uuid }, time.GetUtcNow());
                return new HomeResult.Done();
            },
            cancellationToken);
        tokens.Forget(grant => grant.AccountId == removed || grant.AccountId == caller.Id);
        return result;
    }

    /// <summary>Sets one's own PIN, or takes it away with an empty one. Whoever has one must show it.</summary>
    /// <exception cref="HashQueueFullException">There is no room to hash now.</exception>
    public async Task<HomeResult> SetOwnPinAsync(Account caller, string pin, string? currentPin, Actor actor, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(session => HomeStore.FindAsync(session, caller.Id, caller.Uuid), cancellationToken) is not { } own)
            return new HomeResult.Refused(PlexErrorCode.NotFound);
        if (pin.Length > 0 && !HomePins.IsPin(pin))
            return new HomeResult.Refused(PinMalformed);

        return await guard.CheckAsync(own, currentPin, cancellationToken) switch
        {
            HomePinCheck.Wrong => new HomeResult.Refused(PlexErrorCode.Unauthorized),
            HomePinCheck.TooMany tooMany => new HomeResult.TooMany(tooMany.RetryAfter),
            _ => await SetPinAsync(own, pin, actor, cancellationToken),
        };
    }

    /// <summary>Sets a managed user's PIN, as the admin, who need not know the former one.</summary>
    /// <exception cref="HashQueueFullException">There is no room to hash now.</exception>
    public async Task<HomeResult> SetManagedPinAsync(Account caller, string member, string pin, Actor actor, CancellationToken cancellationToken)
    {
        if (RefuseAsAdmin(caller, mayFound: false) is { } refused)
            return refused;
        if (pin.Length > 0 && !HomePins.IsPin(pin))
            return new HomeResult.Refused(PinMalformed);
        return await database.ReadAsync(session => HomeStore.FindAsync(session, caller.Id, member), cancellationToken) is { Restricted: true } found
            ? await SetPinAsync(found, pin, actor, cancellationToken)
            : new HomeResult.Refused(PlexErrorCode.NotFound);
    }

    private static HomeResult.Refused? RefuseAsAdmin(Account caller, bool mayFound) =>
        caller.Restricted ? new(PlexErrorCode.ManagedUserNotAllowed)
        : caller.HomeAdmin || (mayFound && caller.HomeId is null) ? null
        : new(PlexErrorCode.NotPermitted);

    private async Task<HomeResult> CreateManagedAsync(DatabaseSession session, Account caller, string title, string? profile, Actor actor)
    {
        var now = time.GetUtcNow();
        if (caller.HomeId is null)
            await HomeStore.FoundAsync(session, caller.Id, $"{caller.Title}'s Home");
        if (await AccountStore.FindAsync(session, caller.Id) is not { HomeAdmin: true, HomeId: { } home } || (await HomeStore.ListAsync(session, home)).Count >= MaxMembers)
            return new HomeResult.Refused(PlexErrorCode.NotPermitted);

        var id = await AccountStore.InsertAsync(session, new NewAccount
        {
            Uuid = AccountService.NewUuid(random),
            Title = title,
            JoinedAt = now.ToUnixTimeMilliseconds(),
            HomeId = home,
            Restricted = 1,
            RestrictionProfile = profile,
        });
        await SecurityEventStore.AddAsync(session, new(SecurityEventKind.HomeMemberAdded, caller.Id, actor), now);
        return new HomeResult.Created((await AccountStore.FindAsync(session, id))!);
    }

    private async Task<HomeResult> SetPinAsync(HomeMember member, string pin, Actor actor, CancellationToken cancellationToken)
    {
        var sealedPin = pin.Length == 0 ? null : await pins.HashAsync(member.Uuid, pin, cancellationToken);
        await database.WriteAsync(
            async session =>
            {
                await HomeStore.SetPinAsync(session, member.AccountId, sealedPin, time.GetUtcNow());
                await SecurityEventStore.AddAsync(session, new(SecurityEventKind.HomePinChanged, member.AccountId, actor), time.GetUtcNow());
            },
            cancellationToken);
        tokens.Forget(grant => grant.AccountId == member.AccountId);
        return new HomeResult.Done();
    }
}
