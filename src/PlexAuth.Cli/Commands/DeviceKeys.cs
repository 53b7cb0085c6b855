namespace PlexAuth.Cli.Commands;

// What the commands on device keys share.
internal static class DeviceKeys
{
    // Registers the key, fetches the first token by it and keeps both.
    public static async Task RegisterAsync(Invocation invocation, Connection connection, PlexSession session, PlexSigningKey key, CancellationToken cancellationToken)
    {
        await connection.Client.Keys.RegisterAsync(key.PublicKey, cancellationToken: cancellationToken);
        var token = await connection.Client.Keys.ExchangeAsync(key, cancellationToken: cancellationToken);
        await invocation.SaveAsync(session with { Token = token, ExpiresAt = ExpiryOf(token), DeviceKey = key, Scopes = [] }, cancellationToken);
    }

    public static async Task RefreshAsync(Invocation invocation, Connection connection, PlexSigningKey key, CancellationToken cancellationToken) =>
        await invocation.Profiles.Store.UpdateAsync(
            invocation.Profile,
            async session =>
            {
                var token = await connection.Client.Keys.ExchangeAsync(key, session?.Scopes, cancellationToken: cancellationToken);
                return session is null ? null : session with { Token = token, ExpiresAt = ExpiryOf(token) };
            },
            cancellationToken);

    public static PlexJwt Read(PlexToken token) => PlexJwt.TryRead(token.Reveal(), out var jwt)
        ? jwt
        : throw new ToolException("The token in use is not a signed one, so there is nothing to read in it. Get one with: plexauth signin --device-key");

    public static DeviceKeyAnswer Answer(PlexSigningKey key, PlexSession? session) => new(key.KeyId, key.Thumbprint, session?.ExpiresAt);

    public static string Describe(DeviceKeyAnswer answer) => $"Device key {answer.KeyId}, token until {answer.ExpiresAt:u}; renewed by itself when used.";

    public static DateTimeOffset? ExpiryOf(PlexToken token) => PlexJwt.TryRead(token.Reveal(), out var jwt) ? jwt.Claims.ExpiresAt : null;
}
