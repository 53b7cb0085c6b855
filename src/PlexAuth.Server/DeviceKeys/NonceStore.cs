using System.Security.Cryptography;
using System.Text;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.DeviceKeys;

/// <summary>Nonces: 128 random bits for one client identifier, good once and for five minutes.</summary>
internal static class NonceStore
{
    /// <summary>Counted for each address on its own: a client identifier is no secret, so a stranger must not be able to push a device's nonces out.</summary>
    private const int Live = 5;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static ExpirySweep Sweep { get; } = new(
        "device_nonces", "DELETE FROM device_nonces WHERE hash IN (SELECT hash FROM device_nonces WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit)");

    public static async Task<string> CreateAsync(DatabaseSession session, RandomSource random, string clientIdentifier, ClientNetwork network, DateTimeOffset now)
    {
        var nonce = System.Buffers.Text.Base64Url.EncodeToString(random.Bytes("nonce", 16));
        var row = new { hash = Hash(nonce), clientIdentifier, network.Address, expiresAt = (now + Lifetime).ToUnixTimeMilliseconds(), Live };
        await session.ExecuteAsync(
            "INSERT INTO device_nonces (hash, client_identifier, address, expires_at) VALUES (@hash, @clientIdentifier, @Address, @expiresAt)", row);
        await session.ExecuteAsync(
            """
            DELETE FROM device_nonces WHERE client_identifier = @clientIdentifier AND address = @Address AND hash <> @hash AND hash NOT IN
                (SELECT hash FROM device_nonces WHERE client_identifier = @clientIdentifier AND address = @Address AND hash <> @hash ORDER BY expires_at DESC LIMIT @Live - 1)
            """,
            row);
        return nonce;
    }

    /// <returns>True for the first to bring it in its time, and for nobody else.</returns>
    public static async Task<bool> UseAsync(DatabaseSession session, string nonce, string clientIdentifier, DateTimeOffset now) => await session.ExecuteAsync(
        "DELETE FROM device_nonces WHERE hash = @hash AND client_identifier = @clientIdentifier AND expires_at > @now",
        new { hash = Hash(nonce), clientIdentifier, now = now.ToUnixTimeMilliseconds() }) == 1;

    private static byte[] Hash(string nonce) => SHA256.HashData(Encoding.UTF8.GetBytes(nonce));
}
