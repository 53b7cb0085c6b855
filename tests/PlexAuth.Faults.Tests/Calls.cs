using System.Net;
using System.Text.Json;

namespace PlexAuth.Faults.Tests;

/// <summary>What clients do, each call as small as it can be.</summary>
internal static class Calls
{
    public const string Password = "correct horse battery";

    public static async Task<string?> SignInAsync(this HttpClient http, string client, string login = "alice", string password = Password)
    {
        using var form = new FormUrlEncodedContent([new("login", login), new("password", password)]);
        using var response = await http.SendAsync(Request(HttpMethod.Post, "/api/v2/users/signin", client, null, form));
        return response.StatusCode == HttpStatusCode.Created ? await MemberAsync(response, "authToken") : null;
    }

    public static async Task<(string Id, string Code)?> CreatePinAsync(this HttpClient http, string client)
    {
        using var response = await http.SendAsync(Request(HttpMethod.Post, "/api/v2/pins?strong=true", client));
        return response.StatusCode == HttpStatusCode.Created ? (await MemberAsync(response, "id"), await MemberAsync(response, "code")) : null;
    }

    public static Task<HttpStatusCode> LinkAsync(this HttpClient http, string code, string token) =>
        http.StatusAsync(HttpMethod.Put, "/api/v2/pins/link", "linker", token, new FormUrlEncodedContent([new("code", code)]));

    /// <returns>The token, or nothing if the PIN has none.</returns>
    public static async Task<string?> PollAsync(this HttpClient http, string id, string client)
    {
        using var response = await http.SendAsync(Request(HttpMethod.Get, $"/api/v2/pins/{id}", client));
        return response.IsSuccessStatusCode && await MemberAsync(response, "authToken") is { Length: > 0 } token ? token : null;
    }

    public static async Task<string?> MintTransientAsync(this HttpClient http, string token)
    {
        using var response = await http.SendAsync(Request(HttpMethod.Post, "/security/token?type=delegation&scope=all", "minter", token));
        if (!response.IsSuccessStatusCode)
            return null;
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("MediaContainer").GetProperty("token").GetString();
    }

    public static Task<HttpStatusCode> UserAsync(this HttpClient http, string token) => http.StatusAsync(HttpMethod.Get, "/api/v2/user", "checker", token);

    public static Task<HttpStatusCode> ServerAsync(this HttpClient http, string token) => http.StatusAsync(HttpMethod.Get, "/", "checker", token);

    public static Task<HttpStatusCode> SignOutAsync(this HttpClient http, string token) => http.StatusAsync(HttpMethod.Delete, "/api/v2/users/signout", "checker", token);

    public static Task<HttpStatusCode> AddAccountAsync(this HttpClient http, string name, string token) => http.StatusAsync(
        HttpMethod.Post, "/plexauth/admin/accounts", "keeper", token,
        Json($$"""{"username":"{{name}}","email":"{{name}}@example.com","password":"{{Password}}","confirmation":{"password":"{{Password}}"} }"""));

    public static async Task<bool> HasAccountAsync(this HttpClient http, string name, string token)
    {
        using var response = await http.SendAsync(Request(HttpMethod.Get, $"/plexauth/admin/accounts?login={name}", "keeper", token));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetArrayLength() == 1;
    }

    public static Task<HttpStatusCode> ChangePasswordAsync(this HttpClient http, string token, string current, string fresh) => http.StatusAsync(
        HttpMethod.Put, "/api/v2/user/password", "changer", token, new FormUrlEncodedContent([new("currentPassword", current), new("newPassword", fresh)]));

    public static async Task<HttpStatusCode> RemoveOwnDeviceAsync(this HttpClient http, string token)
    {
        using var response = await http.SendAsync(Request(HttpMethod.Get, "/api/v2/devices", "checker", token));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var own = answer.RootElement.EnumerateArray().Single(device => device.GetProperty("token").GetString() == token);
        return await http.StatusAsync(HttpMethod.Delete, $"/api/v2/devices/{own.GetProperty("id")}", "checker", token);
    }

    public static Task<HttpStatusCode> RegisterKeyAsync(this HttpClient http, string client, string token, PlexSigningKey key) =>
        http.StatusAsync(HttpMethod.Post, "/api/v2/auth/jwk", client, token, Json($$"""{"jwk":{{key.PublicKey.ToJson()}}}"""));

    /// <returns>A signed token, or nothing if it was refused.</returns>
    public static async Task<string?> ExchangeAsync(this HttpClient http, string client, PlexSigningKey key)
    {
        using var asked = await http.SendAsync(Request(HttpMethod.Get, "/api/v2/auth/nonce", client));
        if (!asked.IsSuccessStatusCode)
            return null;
        var jwt = PlexJwt.Create(key, PlexJwtClaims.ForDevice(client, TimeProvider.System.GetUtcNow(), await MemberAsync(asked, "nonce"), [PlexJwtScopes.Username]));
        using var response = await http.SendAsync(Request(HttpMethod.Post, "/api/v2/auth/token", client, content: Json($$"""{"jwt":"{{jwt.Token.Reveal()}}"}""")));
        return response.IsSuccessStatusCode ? await MemberAsync(response, "auth_token") : null;
    }

    public static async Task<HttpStatusCode> StatusAsync(this HttpClient http, HttpMethod method, string path, string client, string? token = null, HttpContent? content = null)
    {
        using var response = await http.SendAsync(Request(method, path, client, token, content));
        return response.StatusCode;
    }

    private static StringContent Json(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private static HttpRequestMessage Request(HttpMethod method, string path, string client, string? token = null, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("X-Plex-Client-Identifier", client);
        if (token is not null)
            request.Headers.Add("X-Plex-Token", token);
        return request;
    }

    private static async Task<string> MemberAsync(HttpResponseMessage response, string name)
    {
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty(name).ToString();
    }
}
