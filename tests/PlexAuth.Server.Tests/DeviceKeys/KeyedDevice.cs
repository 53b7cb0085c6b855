using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace PlexAuth.Server.Tests.DeviceKeys;

/// <summary>A device with a key, as it speaks on the wire.</summary>
internal sealed class KeyedDevice(HostedServer server, TimeProvider time, string client) : IDisposable
{
    public PlexSigningKey Key { get; init; } = PlexSigningKey.Create();

    public string Client { get; } = client;

    public PlexJwtClaims Claims(string? nonce) => PlexJwtClaims.ForDevice(Client, time.GetUtcNow(), nonce, [PlexJwtScopes.Username]);

    public string Sign(PlexJwtClaims claims) => PlexJwt.Create(Key, claims).Token.Reveal();

    public async Task<string> SignInAsync(string login, string password) =>
        JsonElement.Parse((await SendAsync(HttpMethod.Post, "/api/v2/users/signin", body: new { login, password })).Body).GetProperty("authToken").GetString()!;

    public Task<Reply> RegisterAsync(string token, string? jwk = null) => SendJsonAsync("/api/v2/auth/jwk", $$"""{"jwk":{{jwk ?? Key.PublicKey.ToJson()}}}""", token);

    public async Task<string> NonceAsync()
    {
        var reply = await SendAsync(HttpMethod.Get, "/api/v2/auth/nonce");
        reply.Status.ShouldBe(HttpStatusCode.OK);
        return JsonElement.Parse(reply.Body).GetProperty("nonce").GetString()!;
    }

    public Task<Reply> PostAsync(string jwt) => SendAsync(HttpMethod.Post, "/api/v2/auth/token", body: new { jwt });

    public async Task<Reply> TryExchangeAsync() => await PostAsync(Sign(Claims(await NonceAsync())));

    public async Task<string> ExchangeAsync()
    {
        var reply = await TryExchangeAsync();
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        return JsonElement.Parse(reply.Body).GetProperty("auth_token").GetString()!;
    }

    /// <summary>Signed in, registered and with a token.</summary>
    public async Task<string> StartAsync(string persona = "alice")
    {
        var token = await SignInAsync(persona, $"{persona}-password");
        (await RegisterAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
        return await ExchangeAsync();
    }

    public async Task<int> PingAsync(string token) => (int)(await SendAsync(HttpMethod.Get, "/api/v2/ping", token)).Status;

    public Task<Reply> SendAsync(HttpMethod method, string path, string? token = null, object? body = null) =>
        server.SendAsync(method, path, token, [("Accept", "application/json"), ("X-Plex-Client-Identifier", Client)], body is null ? null : JsonContent.Create(body));

    public Task<Reply> SendJsonAsync(string path, string json, string? token = null) => server.SendAsync(
        HttpMethod.Post, path, token, [("Accept", "application/json"), ("X-Plex-Client-Identifier", Client)], new StringContent(json, Encoding.UTF8, "application/json"));

    public void Dispose() => Key.Dispose();
}
