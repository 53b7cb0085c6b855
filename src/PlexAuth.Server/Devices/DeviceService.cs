using PlexAuth.Server.Audit;
using PlexAuth.Server.Claiming;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Devices;

/// <summary>An account's devices. Removing one ends all its tokens, and every transient one made from them, before the removal returns.</summary>
internal sealed class DeviceService(Database database, DeviceActivity activity, TokenCache tokens, TimeProvider time)
{
    /// <summary>The one heard from last comes first.</summary>
    public async Task<IReadOnlyList<Device>> ListAsync(int accountId, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(session => DeviceStore.ListAsync(session, accountId), cancellationToken);
        return [.. rows.Select(row => row.ToDevice(activity.SeenAt(row.Id))).OrderByDescending(device => device.LastSeenAt).ThenByDescending(device => device.Id)];
    }

    /// <summary>Removing a media server that registered itself lets go of it: nobody owns it any more.</summary>
    /// <returns>False when the account has no such device, be it that another one has.</returns>
    public async Task<bool> RemoveAsync(int accountId, long deviceId, Actor actor, CancellationToken cancellationToken)
    {
        var removed = await database.WriteAsync<string?>(
            async session =>
            {
                if (await DeviceStore.FindAsync(session, accountId, deviceId) is not { } device || await DeviceStore.DeleteAsync(session, accountId, deviceId) == 0)
                    return null;
                await ClaimStore.UnclaimAsync(session, device.ClientIdentifier, accountId, own: false);
                await SecurityEventStore.AddAsync(session, new(SecurityEventKind.DeviceRemoved, accountId, actor) { Subject = device.ClientIdentifier }, time.GetUtcNow());
                return device.ClientIdentifier;
            },
            cancellationToken);
        tokens.Forget(grant => (grant.DeviceId == deviceId && grant.AccountId == accountId) || (removed is not null && grant.MachineIdentifier == removed));
        return removed is not null;
    }

    /// <summary>Removes all devices but one, or all where <paramref name="keptDeviceId"/> is null.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> RemoveOthersAsync(int accountId, long? keptDeviceId, Actor actor, CancellationToken cancellationToken)
    {
        var removed = await database.WriteAsync(session => RemoveOthersAsync(session, accountId, keptDeviceId, actor), cancellationToken);
        Forget(accountId, keptDeviceId);
        return removed;
    }

    /// <summary>As part of a larger act; <see cref="Forget"/> is to be called once it is done.</summary>
    public async Task<int> RemoveOthersAsync(DatabaseSession session, int accountId, long? keptDeviceId, Actor actor)
    {
        var removed = await DeviceStore.DeleteOthersAsync(session, accountId, keptDeviceId);
        await SecurityEventStore.AddAsync(session, new(SecurityEventKind.OtherDevicesRemoved, accountId, actor), time.GetUtcNow());
        return removed;
    }

    public void Forget(int accountId, long? keptDeviceId) => tokens.Forget(grant => grant.AccountId == accountId && grant.DeviceId != keptDeviceId);
}
