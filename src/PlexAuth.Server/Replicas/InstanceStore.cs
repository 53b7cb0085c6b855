using System.Diagnostics;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Replicas;

/// <summary>The rows of running instances. PostgreSQL alone has them, and its clock decides.</summary>
internal static class InstanceStore
{
    public const string KeyPurpose = "transient key";

    /// <summary>A process that was killed is alive to the others for this long, and a second more until they look.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    public static long Ticks(long milliseconds) => milliseconds * (Stopwatch.Frequency / 1000);

    /// <summary>A process that starts again ends what it was before.</summary>
    public static Task<int> DeleteNamedAsync(DatabaseSession session, string name) => session.ExecuteAsync("DELETE FROM instances WHERE name = @name", new { name });

    public static Task<int> DeleteAsync(DatabaseSession session, long id) => session.ExecuteAsync("DELETE FROM instances WHERE id = @id", new { id });

    public static Task<int> InsertAsync(DatabaseSession session, long id, string name, byte[] sealedKey) => session.ExecuteAsync(
        "INSERT INTO instances (id, name, sealed_key, uptime, lease_until) VALUES (@id, @name, @sealedKey, 0, plexauth_now() + @lease)",
        new { id, name, sealedKey, lease = (long)Lease.TotalMilliseconds });

    /// <returns>False when the lease is over or the row gone: others took this instance for dead, so it stays dead.</returns>
    public static async Task<bool> RenewAsync(DatabaseSession session, long id, TimeSpan uptime) => await session.ExecuteAsync(
        "UPDATE instances SET lease_until = plexauth_now() + @lease, uptime = @uptime WHERE id = @id AND lease_until > plexauth_now()",
        new { id, uptime = (long)uptime.TotalMilliseconds, lease = (long)Lease.TotalMilliseconds }) == 1;

    public static Task<IReadOnlyList<InstanceRow>> ListAsync(DatabaseSession session) => session.ListAsync<InstanceRow>(
        "SELECT id AS Id, sealed_key AS SealedKey, uptime AS Uptime, lease_until - plexauth_now() AS Remaining FROM instances WHERE lease_until > plexauth_now()");

    /// <summary>Changes with every revocation. By rows of the last moments, not by the highest number: numbers are given before they are committed.</summary>
    public static Task<string?> RevocationsAsync(DatabaseSession session) => session.FirstOrDefaultAsync<string>(
        "SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM revocations WHERE revoked_at > plexauth_now() - 15000");

    public static async Task SweepAsync(DatabaseSession session)
    {
        var kept = new { kept = (long)Kept.TotalMilliseconds };
        await session.ExecuteAsync("DELETE FROM revocations WHERE revoked_at < plexauth_now() - @kept", kept);
        await session.ExecuteAsync("DELETE FROM instances WHERE lease_until < plexauth_now() - @kept", kept);
    }
}

internal sealed class InstanceRow
{
    public long Id { get; set; }

    public byte[] SealedKey { get; set; } = [];

    public long Uptime { get; set; }

    public long Remaining { get; set; }
}
