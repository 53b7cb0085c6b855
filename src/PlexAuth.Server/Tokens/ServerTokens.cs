using System.Buffers.Text;
using PlexAuth.Server.Data;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Tokens;

/// <summary>One device's tokens for single media servers. They are derived, so that the same one can be shown again though only its hash is stored.</summary>
internal sealed class ServerTokens(KeyRing keys, TokenGate gate, RandomSource random)
{
    private const string Purpose = "server-token";
    private const int SeedLength = 16;
    private const int SourceLength = 18;

    /// <returns>The token in use; null when there is none, or it was revoked.</returns>
    public async Task<PlexToken?> FindAsync(DatabaseSession session, long deviceId, long sourceId) =>
        await FindSeedAsync(session, deviceId, sourceId) is { } seed && Derive(seed) is var token && await TokenStore.IsCurrentAsync(session, TokenHash.Of(token.Reveal()))
            ? token
            : null;

    /// <returns>The token in use, or a new one; null when the account or device may have none.</returns>
    public async Task<PlexToken?> IssueAsync(DatabaseSession session, int accountId, long deviceId, long sourceId, string machineIdentifier)
    {
        if (await FindAsync(session, deviceId, sourceId) is { } known)
            return known;
        var seed = random.Bytes(Purpose, SeedLength);
        var token = await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Server, accountId, deviceId) { MachineIdentifier = machineIdentifier, Fixed = Derive(seed) });
        if (token is not null)
            await KeepSeedAsync(session, deviceId, sourceId, seed);
        return token;
    }

    // As long as any other token, and a letter first, as some programs take a leading dash for an option.
    private PlexToken Derive(byte[] seed)
    {
        var text = Base64Url.EncodeToString(keys.Hash(Purpose, seed).AsSpan(0, SourceLength));
        return new(char.IsAsciiLetterOrDigit(text[0]) ? text : "p" + text[1..]);
    }

    private static Task<byte[]?> FindSeedAsync(DatabaseSession session, long deviceId, long sourceId) => session.FirstOrDefaultAsync<byte[]>(
        "SELECT seed FROM server_token_seeds WHERE device_id = @deviceId AND source_id = @sourceId", new { deviceId, sourceId });

    private static Task<int> KeepSeedAsync(DatabaseSession session, long deviceId, long sourceId, byte[] seed) => session.ExecuteAsync(
        """
        INSERT INTO server_token_seeds (device_id, source_id, seed) VALUES (@deviceId, @sourceId, @seed)
        ON CONFLICT (device_id, source_id) DO UPDATE SET seed = excluded.seed
        """,
        new { deviceId, sourceId, seed });
}
