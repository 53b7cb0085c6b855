using System.Net;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Claiming;

/// <summary>Takes down where a registered server says it is. Whoever calls these addresses vets them first.</summary>
internal sealed class PresenceService(Database database, TimeProvider time)
{
    private const int MaxConnections = 16;
    private const int MaxUriLength = 512;

    /// <param name="caller">A token that a claim gave the server, which no other device has.</param>
    /// <param name="server">What it tells of itself.</param>
    /// <param name="uris">Local, remote and custom addresses, in the order of its liking.</param>
    /// <param name="address">Where it calls from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Why nothing was taken down: an address is none, or the caller does not own the server any more; or null.</returns>
    public async Task<PlexErrorCode?> ReportAsync(TokenGrant caller, ClientIdentity server, IReadOnlyList<string?> uris, IPAddress? address, CancellationToken cancellationToken)
    {
        Connection?[] connections = [.. uris.Select(Parse)];
        if (connections.Length > MaxConnections || connections.Contains(null))
            return PlexErrorCode.BadRequest;

        return await database.WriteAsync<PlexErrorCode?>(
            async session =>
            {
                if (await PresenceStore.SeenAsync(session, caller, server, address, time.GetUtcNow()) is not { } sourceId)
                    return PlexErrorCode.NotFound;
                if (connections.Length == 0)
                    return null;
                await PresenceStore.ClearConnectionsAsync(session, sourceId);
                foreach (var (position, connection) in connections.Index())
                    await SourceStore.AddConnectionAsync(session, sourceId, position, connection!);
                return null;
            },
            cancellationToken);
    }

    private static Connection? Parse(string? text) =>
        text is { Length: > 0 and <= MaxUriLength } && text.All(char.IsAscii) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "http" or "https", UserInfo: "", PathAndQuery: "/", Fragment: "", Port: > 0 }
            ? OwnConnections.To(uri)
            : null;
}

internal static class PresenceStore
{
    /// <returns>The server's row; null when the token's account does not own it any more.</returns>
    public static Task<long?> SeenAsync(DatabaseSession session, TokenGrant caller, ClientIdentity server, IPAddress? address, DateTimeOffset now) => session.FirstOrDefaultAsync<long?>(
        $"""
        UPDATE sources SET last_seen_at = @now, name = COALESCE(@DeviceName, name), product_version = COALESCE(@Version, product_version),
            platform = COALESCE(@Platform, platform), platform_version = COALESCE(@PlatformVersion, platform_version), device = COALESCE(@Device, device), public_address = @address
        WHERE scheme = '{SourceName.Server}' AND identifier = @MachineIdentifier AND owner_account_id = @AccountId AND own = 0
        RETURNING id
        """,
        new
        {
            caller.MachineIdentifier,
            caller.AccountId,
            server.DeviceName,
            server.Version,
            server.Platform,
            server.PlatformVersion,
            server.Device,
            address = ClientNetwork.Of(address).Source?.ToString(),
            now = now.ToUnixTimeMilliseconds(),
        });

    public static Task<int> ClearConnectionsAsync(DatabaseSession session, long sourceId) =>
        session.ExecuteAsync("DELETE FROM source_connections WHERE source_id = @sourceId", new { sourceId });
}
