using System.Net;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Devices;

/// <summary>Devices: one row for each account and client identifier.</summary>
internal static class DeviceStore
{
    public const int MaxPerAccount = 200;

    /// <summary>Makes the device, or brings it up to date; what the client did not tell stays as it was.</summary>
    public static Task<long> SignInAsync(DatabaseSession session, int accountId, ClientIdentity client, IPAddress? address, DateTimeOffset now) => session.FirstOrDefaultAsync<long>(
        """
        INSERT INTO devices (account_id, client_identifier, name, product, version, platform, platform_version, device, vendor, model, marketplace, provides, language,
            public_address, created_at, last_seen_at)
        VALUES (@accountId, @ClientIdentifier, @DeviceName, @Product, @Version, @Platform, @PlatformVersion, @Device, @DeviceVendor, @Model, @Marketplace, @Provides, @Language,
            @address, @now, @now)
        ON CONFLICT (account_id, client_identifier) DO UPDATE SET
            name = COALESCE(excluded.name, devices.name), product = COALESCE(excluded.product, devices.product), version = COALESCE(excluded.version, devices.version),
            platform = COALESCE(excluded.platform, devices.platform), platform_version = COALESCE(excluded.platform_version, devices.platform_version),
            device = COALESCE(excluded.device, devices.device), vendor = COALESCE(excluded.vendor, devices.vendor), model = COALESCE(excluded.model, devices.model),
            marketplace = COALESCE(excluded.marketplace, devices.marketplace), provides = COALESCE(excluded.provides, devices.provides),
            language = COALESCE(excluded.language, devices.language), public_address = COALESCE(excluded.public_address, devices.public_address),
            last_seen_at = excluded.last_seen_at
        RETURNING id
        """,
        new
        {
            accountId,
            client.ClientIdentifier,
            client.DeviceName,
            client.Product,
            client.Version,
            client.Platform,
            client.PlatformVersion,
            client.Device,
            client.DeviceVendor,
            client.Model,
            client.Marketplace,
            client.Provides,
            client.Language,
            address = ClientNetwork.Of(address).Source?.ToString(),
            now = now.ToUnixTimeMilliseconds(),
        });

    public static Task<long?> FindAsync(DatabaseSession session, int accountId, string clientIdentifier) => session.FirstOrDefaultAsync<long?>(
        "SELECT id FROM devices WHERE account_id = @accountId AND client_identifier = @clientIdentifier", new { accountId, clientIdentifier });

    public static async Task<bool> ExistsAsync(DatabaseSession session, long deviceId, int accountId) =>
        await session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM devices WHERE id = @deviceId AND account_id = @accountId", new { deviceId, accountId }) == 1;

    /// <summary>Whether the account may have one more device, or has this one already.</summary>
    public static async Task<bool> HasRoomAsync(DatabaseSession session, int accountId, string clientIdentifier) => await session.FirstOrDefaultAsync<int>(
        "SELECT COUNT(*) FROM devices WHERE account_id = @accountId AND client_identifier <> @clientIdentifier", new { accountId, clientIdentifier }) < MaxPerAccount;

    public static Task<IReadOnlyList<DeviceRow>> ListAsync(DatabaseSession session, int accountId) =>
        session.ListAsync<DeviceRow>($"SELECT {DeviceRow.Columns} FROM devices WHERE account_id = @accountId ORDER BY id", new { accountId });

    public static Task<DeviceRow?> FindAsync(DatabaseSession session, int accountId, long deviceId) => session.FirstOrDefaultAsync<DeviceRow>(
        $"SELECT {DeviceRow.Columns} FROM devices WHERE id = @deviceId AND account_id = @accountId", new { deviceId, accountId });

    /// <summary>Its tokens go with it.</summary>
    public static Task<int> DeleteAsync(DatabaseSession session, int accountId, long deviceId) =>
        session.ExecuteAsync("DELETE FROM devices WHERE id = @deviceId AND account_id = @accountId", new { deviceId, accountId });

    public static Task<int> DeleteOthersAsync(DatabaseSession session, int accountId, long? keptDeviceId) => session.ExecuteAsync(
        "DELETE FROM devices WHERE account_id = @accountId AND id <> @keptDeviceId", new { accountId, keptDeviceId = keptDeviceId ?? 0 });

    public static Task<int> SeenAsync(DatabaseSession session, long deviceId, long at) =>
        session.ExecuteAsync("UPDATE devices SET last_seen_at = @at WHERE id = @deviceId AND last_seen_at < @at", new { deviceId, at });
}
