using PlexAuth.Server.Data;

namespace PlexAuth.Server.DeviceKeys;

/// <summary>The rows of devices' keys. A key belongs to one device, and a kid to one key within its client identifier: the indexes see to that.</summary>
internal static class DeviceKeyStore
{
    private const string Columns = "k.device_id AS DeviceId, d.account_id AS AccountId, k.client_identifier AS ClientIdentifier, k.public_key AS PublicKey, k.key_id AS KeyId";

    public static Task<DeviceKeyRow?> FindAsync(DatabaseSession session, string clientIdentifier, string keyId) => session.FirstOrDefaultAsync<DeviceKeyRow>(
        $"""
        SELECT {Columns} FROM device_keys k JOIN devices d ON d.id = k.device_id JOIN accounts a ON a.id = d.account_id
        WHERE k.client_identifier = @clientIdentifier AND k.key_id = @keyId AND a.disabled = 0
        """,
        new { clientIdentifier, keyId });

    /// <summary>Under this kid: the device signs with it from now on.</summary>
    public static async Task<bool> IsRegisteredAsync(DatabaseSession session, long deviceId, PlexJwk key) => await session.FirstOrDefaultAsync<int>(
        "SELECT COUNT(*) FROM device_keys WHERE device_id = @deviceId AND thumbprint = @Thumbprint AND key_id = @KeyId",
        new { deviceId, key.Thumbprint, KeyId = key.KeyId ?? key.Thumbprint }) == 1;

    /// <returns>Whether the key, or its kid for the same client identifier, is some other device's. A device is one account's.</returns>
    public static async Task<bool> IsTakenAsync(DatabaseSession session, string clientIdentifier, PlexJwk key) => await session.FirstOrDefaultAsync<int>(
        "SELECT COUNT(*) FROM device_keys WHERE thumbprint = @Thumbprint AND client_identifier <> @clientIdentifier", new { key.Thumbprint, clientIdentifier }) > 0;

    /// <summary>Gives the device this key in place of any former one.</summary>
    /// <returns>False if another device has the key or, under the same client identifier, its kid; nothing was changed then.</returns>
    public static async Task<bool> RegisterAsync(DatabaseSession session, long deviceId, string clientIdentifier, PlexJwk key, DateTimeOffset now)
    {
        var row = new { deviceId, clientIdentifier, key.Thumbprint, KeyId = key.KeyId ?? key.Thumbprint, PublicKey = key.X, now = now.ToUnixTimeMilliseconds() };
        var taken = await session.FirstOrDefaultAsync<int>(
            """
            SELECT COUNT(*) FROM device_keys
            WHERE device_id <> @deviceId AND (thumbprint = @Thumbprint OR (client_identifier = @clientIdentifier AND key_id = @KeyId))
            """,
            row) > 0;
        if (taken)
            return false;

        await session.ExecuteAsync("DELETE FROM device_keys WHERE device_id = @deviceId", row);
        return await session.ExecuteAsync(
            """
            INSERT INTO device_keys (device_id, client_identifier, thumbprint, key_id, public_key, registered_at)
            VALUES (@deviceId, @clientIdentifier, @Thumbprint, @KeyId, @PublicKey, @now) ON CONFLICT DO NOTHING
            """,
            row) == 1 ? true : throw new InvalidOperationException("Another device registered this key at the same moment.");
    }

    public static Task<int> DeleteAsync(DatabaseSession session, long deviceId) =>
        session.ExecuteAsync("DELETE FROM device_keys WHERE device_id = @deviceId", new { deviceId });
}

internal sealed class DeviceKeyRow
{
    public long DeviceId { get; set; }

    public int AccountId { get; set; }

    public string ClientIdentifier { get; set; } = "";

    public string PublicKey { get; set; } = "";

    public string KeyId { get; set; } = "";

    public PlexJwk ToKey() => new(System.Buffers.Text.Base64Url.DecodeFromChars(PublicKey), KeyId);
}
