using System.Collections.Concurrent;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Devices;

/// <summary>Remembers which devices were heard from and writes it down now and then, so that no request waits for it.</summary>
internal sealed class DeviceActivity(Database database, TimeProvider time)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<long, long> _seen = new();

    public void Seen(long deviceId) => _seen[deviceId] = time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Null where nothing was heard since it was last written down.</summary>
    public long? SeenAt(long deviceId) => _seen.TryGetValue(deviceId, out var at) ? at : null;

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var batch = _seen.ToArray();
        if (batch.Length == 0)
            return;
        await database.WriteAsync(
            async session =>
            {
                foreach (var (deviceId, at) in batch)
                    await DeviceStore.SeenAsync(session, deviceId, at);
            },
            cancellationToken);
        foreach (var entry in batch)
            _seen.TryRemove(entry);
    }
}
