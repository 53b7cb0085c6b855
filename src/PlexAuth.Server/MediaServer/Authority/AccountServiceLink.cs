using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Resources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.MediaServer.Authority;

/// <summary>What a media server that stands alone asks of its account service. Every call either answers within seconds or throws a <see cref="PlexException"/>.</summary>
internal sealed class AccountServiceLink : IDisposable
{
    private const long LongestAnswer = 4 * 1024 * 1024;
    private const string ExchangedElement = "authentication-token>";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    /// <summary>Somebody whom the account service names to nobody but themselves.</summary>
    private static readonly Account Somebody = new()
    {
        Id = 0,
        Uuid = "",
        Username = "",
        Email = "",
        Title = "",
        FriendlyName = "",
        JoinedAt = default,
        UpdatedAt = default,
    };

    private readonly PlexAuthServerOptions _options;
    private readonly OwnServer _own;
    private readonly Lazy<HttpClient> _http;
    private readonly Lazy<PlexClient> _plex;

    public AccountServiceLink(IOptions<PlexAuthServerOptions> options, OwnServer own)
    {
        (_options, _own) = (options.Value, own);
        _http = new(() => new HttpClient(OutboundHandler.Create(_options.TrustedRoots)) { Timeout = LongestWait, MaxResponseContentBufferSize = LongestAnswer });
        _plex = new(() => new PlexClient(_http.Value, new PlexClientOptions { Identity = Identity(), AccountUrl = AccountUrl, Timeout = LongestWait, Retry = PlexRetry.None }));
    }

    public Uri AccountUrl => _options.AccountUrl ?? throw new InvalidOperationException("PlexAuthServerOptions.AccountUrl is not set: the accounts are this process's.");

    /// <summary>What a token opens on this server.</summary>
    /// <exception cref="PlexUnauthorizedException">The token is not valid.</exception>
    public async Task<TokenGrant> DescribeAsync(PlexToken token, CancellationToken cancellationToken)
    {
        var here = (await ListServersAsync(token, cancellationToken)).FirstOrDefault(server => server.ClientIdentifier == _own.MachineIdentifier);
        var kind = here?.AccessToken == new PlexServerToken(token.Reveal()) ? PlexTokenKind.Server
            : PlexJwt.TryRead(token.Reveal(), out _) ? PlexTokenKind.Jwt
            : PlexTokenKind.Account;
        var access = here is null ? ServerAccess.None : here.Owned ? ServerAccess.Owner : ServerAccess.Shared;
        var account = access == ServerAccess.Owner && kind != PlexTokenKind.Server
            ? Read(await _plex.Value.Authentication.GetTokenDetailsAsync(new PlexCallOptions { Token = token }, cancellationToken))
            : Somebody;
        return new TokenGrant(IdOf(token), kind, account)
        {
            DeviceId = 0,
            ClientIdentifier = "",
            MachineIdentifier = kind == PlexTokenKind.Server ? _own.MachineIdentifier : null,
            Access = access,
        };
    }

    /// <summary>The media servers that a token may use; for a token of one server, that alone.</summary>
    public async Task<IReadOnlyList<PlexResource>> ListServersAsync(PlexToken token, CancellationToken cancellationToken) =>
        [.. (await _plex.Value.Resources.ListAsync(new PlexCallOptions { Token = token }, cancellationToken)).Where(resource => resource.IsServer)];

    /// <summary>Spends a claim token.</summary>
    /// <returns>The token with which this server reports; null when the claim is not accepted.</returns>
    public async Task<PlexToken?> ExchangeAsync(string claim, CancellationToken cancellationToken)
    {
        // In the body rather than the address, which may be logged on the way.
        using var request = Request(HttpMethod.Post, "../claim/exchange");
        request.Content = new FormUrlEncodedContent([new("token", claim)]);
        using var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
            return null;
        var body = Succeeded(response) ? await response.Content.ReadAsStringAsync(cancellationToken) : "";
        var parts = body.Split(ExchangedElement);
        return parts is [_, var token, ..] && token.EndsWith("</", StringComparison.Ordinal)
            ? new PlexToken(token[..^2])
            : throw new PlexProtocolException("The account service did not answer the claim as one does.");
    }

    /// <summary>Tells where this server is.</summary>
    /// <returns>False when the account service does not take the token any more: the server was taken from its owner there.</returns>
    public async Task<bool> ReportAsync(PlexToken token, IEnumerable<Connection> connections, CancellationToken cancellationToken)
    {
        var uris = string.Join('&', connections.Select(connection => "Connection[][uri]=" + Uri.EscapeDataString(connection.Uri)));
        using var request = Request(HttpMethod.Put, $"../../devices/{_own.MachineIdentifier}?{uris}");
        request.Headers.Add(PlexHeaders.Token, token.Reveal());
        using var response = await SendAsync(request, cancellationToken);
        return response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && Succeeded(response);
    }

    /// <summary>Removes this server from its owner's devices, which lets go of it.</summary>
    public async Task RemoveAsync(PlexToken ownersToken, CancellationToken cancellationToken)
    {
        var options = new PlexCallOptions { Token = ownersToken };
        var devices = await _plex.Value.Devices.ListAsync(options, cancellationToken);
        if (devices.FirstOrDefault(device => device.ClientIdentifier == _own.MachineIdentifier) is { } device)
            await _plex.Value.Devices.RemoveAsync(device.Id, options, cancellationToken);
    }

    public void Dispose()
    {
        if (_plex.IsValueCreated)
            _plex.Value.Dispose();
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }

    private static bool Succeeded(HttpResponseMessage response) => response.IsSuccessStatusCode
        ? true
        : throw new PlexServerException($"The account service answered HTTP {(int)response.StatusCode}.") { StatusCode = response.StatusCode };

    private static Account Read(PlexAccount account) => Somebody with
    {
        Uuid = account.Uuid,
        Username = account.Username,
        Email = account.Email,
        Title = account.Title,
        Country = account.Country,
        SubscriptionPlan = account.Subscription is { Active: true } subscription ? subscription.Plan ?? "" : null,
    };

    /// <summary>The same for every grant of one token, and no help in finding it.</summary>
    private static long IdOf(PlexToken token) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(token.Reveal())));

    private PlexClientIdentity Identity() => new(_own.MachineIdentifier, ServerProduct.Name)
    {
        Version = MediaServerWire.Version,
        Platform = CapabilitiesWire.Platform,
        PlatformVersion = Environment.OSVersion.Version.ToString(),
        DeviceName = _own.FriendlyName,
    };

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(new Uri(AccountUrl.AbsoluteUri.TrimEnd('/') + '/'), path));
        var identity = Identity();
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)
        [
            (PlexHeaders.ClientIdentifier, identity.ClientIdentifier), (PlexHeaders.Product, identity.Product), (PlexHeaders.Version, identity.Version),
            (PlexHeaders.Platform, identity.Platform), (PlexHeaders.PlatformVersion, identity.PlatformVersion), (PlexHeaders.DeviceName, identity.DeviceName),
            (PlexHeaders.Provides, ServerProduct.Provides),
        ])
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.Value.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new PlexNetworkException("The account service does not answer.", e);
        }
    }
}
