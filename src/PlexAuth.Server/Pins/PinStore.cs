using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Pins;

/// <summary>The rows of PINs. Every change of state is one conditional statement, whose row count tells the caller whether it was the one to make it.</summary>
internal sealed class PinStore(KeyRing keys)
{
    private const string HashPurpose = "pin code lookup";
    private const string CodePurpose = "pin code";
    private const string TokenPurpose = "pin token";

    /// <returns>False if the id or the code is taken; nothing was written then.</returns>
    public async Task<bool> InsertAsync(DatabaseSession session, Pin pin) => await session.ExecuteAsync(
        """
        INSERT INTO pins (id, code_hash, sealed_code, client_identifier, client, origin, source, address, network, created_at, expires_at, device_key, strong)
        VALUES (@Id, @CodeHash, @SealedCode, @ClientIdentifier, @Client, @Origin, @Source, @Address, @Network, @CreatedAt, @ExpiresAt, @DeviceKey, @Strong)
        ON CONFLICT DO NOTHING
        """,
        new
        {
            pin.Id,
            CodeHash = Hash(pin.Code),
            SealedCode = Seal(CodePurpose, pin.Id, pin.Code),
            pin.Client.ClientIdentifier,
            Client = JsonSerializer.Serialize(pin.Client, PinJson.Default.ClientIdentity),
            pin.Origin,
            Source = pin.Network.Source?.ToString(),
            pin.Network.Address,
            pin.Network.Network,
            CreatedAt = pin.CreatedAt.ToUnixTimeMilliseconds(),
            ExpiresAt = pin.ExpiresAt.ToUnixTimeMilliseconds(),
            DeviceKey = pin.DeviceKey?.ToJson(),
            Strong = pin.IsStrong ? 1 : 0,
        }) == 1;

    public async Task<Pin?> FindAsync(DatabaseSession session, int id) =>
        Read(await session.FirstOrDefaultAsync<PinRow>($"SELECT {PinRow.Columns} FROM pins WHERE id = @id", new { id }));

    public async Task<Pin?> FindByCodeAsync(DatabaseSession session, string code)
    {
        foreach (var hash in keys.Hashes(HashPurpose, Encoding.ASCII.GetBytes(code)))
        {
            if (await session.FirstOrDefaultAsync<PinRow>($"SELECT {PinRow.Columns} FROM pins WHERE code_hash = @hash", new { hash }) is { } row)
                return Read(row);
        }

        return null;
    }

    public static async Task<bool> ClaimAsync(DatabaseSession session, int id, int accountId, DateTimeOffset now) => await session.ExecuteAsync(
        "UPDATE pins SET state = 1, account_id = @accountId WHERE id = @id AND state = 0 AND expires_at > @now",
        new { id, accountId, now = now.ToUnixTimeMilliseconds() }) == 1;

    public static async Task<bool> DenyAsync(DatabaseSession session, int id, DateTimeOffset now) => await session.ExecuteAsync(
        "UPDATE pins SET state = 3 WHERE id = @id AND state = 0 AND expires_at > @now", new { id, now = now.ToUnixTimeMilliseconds() }) == 1;

    public Task KeepTokenAsync(DatabaseSession session, int id, PlexToken token) => session.ExecuteAsync(
        "UPDATE pins SET sealed_token = @token WHERE id = @id AND state = 1", new { id, token = Seal(TokenPurpose, id, token.Reveal()) });

    public static Task MarkDeliveredAsync(DatabaseSession session, int id) =>
        session.ExecuteAsync("UPDATE pins SET state = 2 WHERE id = @id AND state = 1", new { id });

    private Pin? Read(PinRow? row) => row?.ToPin(
        Unseal(CodePurpose, row.Id, row.SealedCode), row.SealedToken is { } token ? new PlexToken(Unseal(TokenPurpose, row.Id, token)) : null);

    private byte[] Hash(string code) => keys.Hash(HashPurpose, Encoding.ASCII.GetBytes(code));

    private byte[] Seal(string purpose, int id, string secret) => keys.Seal(purpose, $"{id}", Encoding.ASCII.GetBytes(secret));

    private string Unseal(string purpose, int id, byte[] sealedSecret) => Encoding.ASCII.GetString(keys.Unseal(purpose, $"{id}", sealedSecret));
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClientIdentity))]
internal sealed partial class PinJson : JsonSerializerContext;
