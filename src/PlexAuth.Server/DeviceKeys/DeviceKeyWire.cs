using System.Text.Json;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.DeviceKeys;

/// <summary>Keys as JSON Web Keys.</summary>
internal static class DeviceKeyWire
{
    /// <returns>Null for anything but a safe Ed25519 public key.</returns>
    public static PlexJwk? Read(JsonElement json) => PlexJwk.TryParse(json, out var key, out _) ? key : null;

    public static void WriteKeys(WireWriter wire, IReadOnlyList<PlexJwk> keys) => wire.Items("keys", keys, (item, key) =>
    {
        item.Text("kty", "OKP");
        item.Text("crv", "Ed25519");
        item.Text("x", key.X);
        item.Text("use", "sig");
        item.Text("alg", "EdDSA");
        item.Text("kid", key.KeyId);
    });
}
