using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace PlexAuth.Tests;

/// <summary>An account service with one device, strict about nonces, signatures and times, whose clock may differ from the client's.</summary>
internal sealed class KeyService(FakeTimeProvider time) : HttpMessageHandler
{
    private readonly PlexSigningKey _issuer = PlexSigningKey.Create();
    private readonly ConcurrentDictionary<string, byte> _nonces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new(StringComparer.Ordinal);
    private int _exchanges;
    private int _requests;

    public PlexJwk? Device { get; set; }

    public TimeSpan Ahead { get; set; }

    public bool NetworkDown { get; set; }

    /// <summary>Answers everything about keys with 503.</summary>
    public bool KeysDown { get; set; }

    /// <summary>Never answers for a nonce.</summary>
    public bool NoncesHang { get; set; }

    /// <summary>No request is answered before.</summary>
    public Task Hold { get; set; } = Task.CompletedTask;

    /// <summary>What stands in front of the service answers in its place.</summary>
    public string? Portal { get; set; }

    public int Exchanges => _exchanges;

    public int Requests => _requests;

    public PlexJwk Issuer => _issuer.PublicKey;

    public void Revoke() => _tokens.Clear();

    public void Accept(string token) => _tokens[token] = DateTimeOffset.MaxValue;

    public PlexClient Client(PlexCredential credential, Action<PlexClientOptions>? configure = null) =>
        new(new HttpClient(this, disposeHandler: false), PlexAuth.Tests.Client.Options(o =>
        {
            (o.Credential, o.TimeProvider) = (credential, time);
            configure?.Invoke(o);
        }));

    private DateTimeOffset Now => time.GetUtcNow() + Ahead;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await Hold;
        if (NetworkDown)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "no route");

        Interlocked.Increment(ref _requests);
        if (NoncesHang && request.RequestUri!.AbsolutePath.EndsWith("/nonce", StringComparison.Ordinal))
            await Task.Delay(Timeout.Infinite, cancellationToken);

        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var (status, answer) = Portal is { } page ? (HttpStatusCode.Unauthorized, page) : Answer(request, body);
        var response = new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, "application/json"), RequestMessage = request };
        response.Headers.Date = Now;
        return response;
    }

    private (HttpStatusCode, string) Answer(HttpRequestMessage request, string body) => request.RequestUri!.AbsolutePath switch
    {
        var path when KeysDown && path.Contains("/auth/", StringComparison.Ordinal) => (HttpStatusCode.ServiceUnavailable, ""),
        "/api/v2/auth/nonce" => (HttpStatusCode.OK, $$"""{"nonce":"{{Nonce()}}"}"""),
        "/api/v2/auth/keys" => (HttpStatusCode.OK, $$"""{"keys":[{"kty":"RSA","n":"x"},{{Issuer.ToJson()}}]}"""),
        "/api/v2/auth/token" => Exchange(JsonElement.Parse(body).GetProperty("jwt").GetString()),
        "/api/v2/ping" => Check(request.Headers.GetValues(PlexHeaders.Token).Single()),
        var path => throw new NotSupportedException($"Unexpected request {path}."),
    };

    private string Nonce()
    {
        var nonce = Guid.NewGuid().ToString();
        _nonces[nonce] = 0;
        return nonce;
    }

    private (HttpStatusCode, string) Exchange(string? jwt)
    {
        Interlocked.Increment(ref _exchanges);
        var checkedJwt = PlexJwt.Verify(jwt, Device is null ? [] : [Device], PlexJwtRules.ForDevice("test-client-1"), Now);
        if (checkedJwt.Jwt is not { } device || !_nonces.TryRemove(device.Claims.Nonce!, out _))
            return (checkedJwt.Status == PlexJwtStatus.Expired ? (HttpStatusCode)498 : HttpStatusCode.UnprocessableEntity, Error(1003));

        var claims = PlexJwtClaims.ForAccount("test-client-1", Device!.KeyId!, new PlexJwtUser(1), Now, device.Claims.Nonce);
        var token = PlexJwt.Create(_issuer, claims).Token.Reveal();
        _tokens[token] = claims.ExpiresAt;
        return (HttpStatusCode.OK, $$"""{"auth_token":"{{token}}"}""");
    }

    private (HttpStatusCode, string) Check(string token) =>
        !_tokens.TryGetValue(token, out var end) ? (HttpStatusCode.Unauthorized, Error(1001))
        : end <= Now ? ((HttpStatusCode)498, Error(1001))
        : (HttpStatusCode.OK, """{"pong":true}""");

    private static string Error(int code) => $$"""{"errors":[{"code":{{code}},"message":"refused","status":401}]}""";
}
