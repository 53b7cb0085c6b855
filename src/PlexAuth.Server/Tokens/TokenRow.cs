using PlexAuth.Server.Accounts;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.Tokens;

/// <summary>A token with all that decides what it is worth, read in one statement.</summary>
internal sealed class TokenRow
{
    public const string Select =
        $"""
        SELECT t.id AS TokenId, t.kind AS Kind, t.machine_identifier AS MachineIdentifier, t.expires_at AS ExpiresAt, d.id AS DeviceId, d.client_identifier AS ClientIdentifier,
            t.account_id AS AccountId, {SourceStore.OwnAccessExpression} AS Access, a.disabled AS AccountDisabled
        FROM tokens t JOIN accounts a ON a.id = t.account_id JOIN devices d ON d.id = t.device_id
        """;

    public long TokenId { get; set; }

    public PlexTokenKind Kind { get; set; }

    public string MachineIdentifier { get; set; } = "";

    public long? ExpiresAt { get; set; }

    public long DeviceId { get; set; }

    public string ClientIdentifier { get; set; } = "";

    public int AccountId { get; set; }

    public bool AccountDisabled { get; set; }

    public ServerAccess Access { get; set; }

    public TokenGrant ToGrant(Account account) => new(TokenId, Kind, account)
    {
        DeviceId = DeviceId,
        ClientIdentifier = ClientIdentifier,
        MachineIdentifier = MachineIdentifier.Length == 0 ? null : MachineIdentifier,
        ExpiresAt = ExpiresAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        Access = Access,
    };
}
