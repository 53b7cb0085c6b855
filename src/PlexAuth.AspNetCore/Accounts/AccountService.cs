namespace PlexAuth.AspNetCore.Accounts;

/// <summary>One account service as one installation of this application sees it. Keeps no token: each call says whose it is.</summary>
internal sealed class AccountService(HttpClient backchannel, PlexClientOptions options, AccountServiceHealth health)
{
    private readonly TimeProvider _time = options.TimeProvider;
    private readonly Uri _accountUrl = options.AccountUrl;

    private PlexClient Plex { get; } = new(backchannel, options);

    public Task<PlexPinSignIn> StartSignInAsync(PlexPinRequest request, PlexClientIdentity identity, CancellationToken cancellationToken) =>
        WatchAsync(Plex.Pins.StartSignInAsync(request, new PlexCallOptions { Identity = identity }, cancellationToken));

    public Task<PlexPin> GetPinAsync(long id, CancellationToken cancellationToken) => WatchAsync(Plex.Pins.GetAsync(id, options: null, cancellationToken));

    public Task<PlexAccount> GetAccountAsync(PlexToken token, CancellationToken cancellationToken) =>
        WatchAsync(Plex.Authentication.GetTokenDetailsAsync(new PlexCallOptions { Token = token }, cancellationToken));

    /// <summary>The media servers the account of a token may use (<c>GET /resources</c>). Asked once: people wait for the answer.</summary>
    /// <exception cref="PlexUnauthorizedException">The token is not valid any more.</exception>
    /// <exception cref="PlexException">Nothing is known: no answer, or none of Plex.</exception>
    public async Task<IReadOnlyList<AccountServer>> ListServersAsync(PlexToken token, CancellationToken cancellationToken)
    {
        var resources = await WatchAsync(Plex.Resources.ListAsync(new PlexCallOptions { Token = token, Retry = PlexRetry.None }, cancellationToken));
        return [.. resources.Where(resource => resource.IsServer).Select(server => new AccountServer(server.ClientIdentifier, server.Owned, server.Home))];
    }

    private async Task<T> WatchAsync<T>(Task<T> question)
    {
        try
        {
            var answer = await question;
            health.Answered(_accountUrl, _time.GetUtcNow());
            return answer;
        }
        catch (PlexException e) when (e is PlexNetworkException or PlexProtocolException or PlexServerException)
        {
            health.Failed(_accountUrl, _time.GetUtcNow(), e);
            throw;
        }
        catch (PlexException)
        {
            // A refusal is an answer too.
            health.Answered(_accountUrl, _time.GetUtcNow());
            throw;
        }
    }
}
