using System.Net;
using System.Text.Json;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Pins;

/// <summary>A PIN as its row has it, its secrets sealed.</summary>
internal sealed class PinRow
{
    public const string Columns =
        """
        id AS Id, sealed_code AS SealedCode, sealed_token AS SealedToken, state AS State, client AS Client, origin AS Origin, source AS Source,
        created_at AS CreatedAt, expires_at AS ExpiresAt, account_id AS AccountId, device_key AS DeviceKey
        """;

    public int Id { get; set; }

    public byte[] SealedCode { get; set; } = [];

    public byte[]? SealedToken { get; set; }

    public int State { get; set; }

    public string Client { get; set; } = "";

    public string? Origin { get; set; }

    public string? Source { get; set; }

    public long CreatedAt { get; set; }

    public long ExpiresAt { get; set; }

    public int? AccountId { get; set; }

    public string? DeviceKey { get; set; }

    public Pin ToPin(string code, PlexToken? token) => new()
    {
        Id = Id,
        Code = code,
        State = (PinState)State,
        Client = JsonSerializer.Deserialize(Client, PinJson.Default.ClientIdentity)!,
        Origin = Origin,
        Network = ClientNetwork.Of(Source is null ? null : IPAddress.Parse(Source)),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt),
        AccountId = AccountId,
        Token = token,
        DeviceKey = DeviceKey is null ? null : PlexJwk.Parse(DeviceKey),
    };
}
