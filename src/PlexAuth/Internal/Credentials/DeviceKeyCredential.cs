namespace PlexAuth.Internal.Credentials;

internal sealed class DeviceKeyCredential(PlexSigningKey key, IReadOnlyList<string> scopes) : PlexCredential
{
    internal const string NeedsClient =
        "A device key is exchanged for tokens by a PlexClient: set it as PlexClientOptions.Credential, or pass on the very PlexTokenRequest that the client made.";

    public override async ValueTask<PlexAccessToken> GetTokenAsync(PlexTokenRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var exchange = request.Exchange ?? throw new InvalidOperationException(NeedsClient);
        return await exchange.GetTokenAsync(key, request.Client, scopes, cancellationToken).ConfigureAwait(false);
    }
}
