using System.Net;
using System.Text.Json;

namespace PlexAuth.AspNetCore.Accounts;

/// <summary>One account service as one installation of this application sees it. Keeps no token: each call says whose it is.</summary>
internal sealed class AccountService
{
    private readonly HttpClient _backchannel;
    private readonly AccountServiceHealth _health;
    private readonly PlexClientIdentity _identity;
    private readonly TimeProvider _time;
    private readonly Uri _accountUrl;
    private readonly Uri _resources;

    public AccountService(HttpClient backchannel, PlexClientOptions options, AccountServiceHealth health)
    {
        _backchannel = backchannel;
        _health = health;
        _time = options.TimeProvider;
        _accountUrl = options.AccountUrl;
        _identity = options.Identity!;
        _resources = new Uri(options.AccountUrl.AbsoluteUri.TrimEnd('/') + "/resources");
        Plex = new PlexClient(backchannel, options);
    }

    public PlexClient Plex { get; }

    public Task<PlexAccount> GetAccountAsync(PlexToken token, CancellationToken cancellationToken) =>
        WatchAsync(Plex.Authentication.GetTokenDetailsAsync(new PlexCallOptions { Token = token }, cancellationToken));

    /// <summary>The media servers the account of a token may use (<c>GET /resources</c>).</summary>
    /// <exception cref="PlexUnauthorizedException">The token is not valid any more.</exception>
    /// <exception cref="PlexException">Nothing is known: no answer, or none of Plex.</exception>
    public Task<IReadOnlyList<AccountServer>> ListServersAsync(PlexToken token, CancellationToken cancellationToken) => WatchAsync(AskForServersAsync(token, cancellationToken));

    private async Task<IReadOnlyList<AccountServer>> AskForServersAsync(PlexToken token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _resources);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation(PlexHeaders.ClientIdentifier, _identity.ClientIdentifier);
        request.Headers.TryAddWithoutValidation(PlexHeaders.Product, _identity.Product);
        request.Headers.TryAddWithoutValidation(PlexHeaders.Token, token.Reveal());
        try
        {
            using var response = await _backchannel.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw Refused(response.StatusCode);

            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return AccountServer.Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new PlexProtocolException("The list of servers failed: the answer is none of Plex.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new PlexNetworkException("The list of servers failed: no answer from the account service.", e);
        }
    }

    private async Task<T> WatchAsync<T>(Task<T> question)
    {
        try
        {
            var answer = await question;
            _health.Answered(_accountUrl, _time.GetUtcNow());
            return answer;
        }
        catch (PlexUnauthorizedException)
        {
            _health.Answered(_accountUrl, _time.GetUtcNow());
            throw;
        }
        catch (PlexException e)
        {
            _health.Failed(_accountUrl, _time.GetUtcNow(), e);
            throw;
        }
    }

    private static PlexException Refused(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or (HttpStatusCode)498 => new PlexUnauthorizedException("The token is not, or no longer, valid: sign in again.") { StatusCode = status },
        _ => new PlexException($"The account service did not list the servers (HTTP {(int)status}).") { StatusCode = status },
    };
}
