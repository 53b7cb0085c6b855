using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlexAuth.Server.Tests.Pages;

/// <summary>What a browser on one of our pages sends: cookies, where the call comes from, and the antiforgery token.</summary>
internal sealed class Browser(HostedServer server, string? host = null) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>As the server wrote them last, with their attributes.</summary>
    public List<string> SetCookies { get; } = [];

    public string Antiforgery { get; set; } = "";

    public string? Origin { get; set; } = $"http://{host ?? server.Address.Authority}";

    public string? FetchSite { get; set; } = "same-origin";

    /// <summary>Headers as a proxy in front of the server writes them.</summary>
    public Dictionary<string, string> ProxyHeaders { get; } = [];

    public async Task<JsonElement> OpenAsync()
    {
        var session = Json(await SendAsync(HttpMethod.Get, "session"));
        Antiforgery = session.GetProperty("antiforgery").GetString()!;
        return session;
    }

    public async Task<Reply> SignInAsync(string login, string? password = null, string? code = null)
    {
        await OpenAsync();
        var reply = await SendAsync(HttpMethod.Post, "session", new { login, password = password ?? $"{login}-password", verificationCode = code });
        if (reply.Status == HttpStatusCode.OK)
            Antiforgery = Json(reply).GetProperty("antiforgery").GetString()!;

        return reply;
    }

    public Task<Reply> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/account/api/{path}") { Content = content ?? (body is null ? null : JsonContent.Create(body)) };
        if (host is not null)
            request.Headers.Host = host;
        if (Cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (method != HttpMethod.Get && Origin is not null)
            request.Headers.Add("Origin", Origin);
        if (FetchSite is not null)
            request.Headers.Add("Sec-Fetch-Site", FetchSite);
        if (Antiforgery.Length > 0)
            request.Headers.Add("X-PlexAuth-Antiforgery", Antiforgery);
        foreach (var (name, value) in ProxyHeaders)
            request.Headers.Add(name, value);

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Keep(response);
        return new Reply(response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        {
            Headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        };
    }

    public static JsonElement Json(Reply reply) => JsonElement.Parse(reply.Body);

    public static string? Code(Reply reply) => Json(reply).GetProperty("code").GetString();

    public static void ShouldBeBusy(Reply reply)
    {
        (reply.Status, reply.Headers.ContainsKey("Retry-After")).ShouldBe((HttpStatusCode.ServiceUnavailable, true), reply.Body);
        Code(reply).ShouldBe("busy");
    }

    public void Dispose() => _client.Dispose();

    private void Keep(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var cookies))
            return;

        foreach (var cookie in cookies)
        {
            SetCookies.Add(cookie);
            var (name, value) = cookie.Split(';')[0].Split('=') is [var n, var v] ? (n, v) : throw new InvalidOperationException(cookie);
            if (value.Length == 0)
                Cookies.Remove(name);
            else
                Cookies[name] = value;
        }
    }
}
