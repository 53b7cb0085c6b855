using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using PlexAuth.Cli.Serving;

namespace PlexAuth.Cli.Tests;

// The second media server of `serve --dev`.
public sealed class AtticTests : IDisposable
{
    private const string Attic = "89abcdef0123456789abcdef0123456789abcdef";

    private readonly ToolHome _home = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task It_is_listed_where_it_is_belongs_to_bob_and_gives_its_own_transient_tokens(string scheme)
    {
        using var server = await RunningServer.StartAsync(_home, ["serve", "--dev", "--port", "0", "--json", .. scheme == "https" ? ["--https"] : Array.Empty<string>()]);
        using var certificate = server.Certificate is { } pem ? X509Certificate2.CreateFromPem(pem) : null;
        using var http = new HttpClient(Trusting(certificate));
        server.AtticUrl.ShouldStartWith($"{scheme}://127.0.0.1:");

        (await GetAsync(http, $"{server.Url}/api/v2/resources?includeHttps=1", "alice-dev-token-0001")).Body.ShouldContain($"\"uri\":\"{server.AtticUrl}\"");
        (await GetAsync(http, $"{server.AtticUrl}/identity", null)).Body.ShouldContain(Attic);
        (await GetAsync(http, $"{server.AtticUrl}/myplex/account", "bob-dev-token-000001")).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(http, $"{server.AtticUrl}/myplex/account", "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync(http, $"{server.AtticUrl}/", "dave-dev-token-00001")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var source = await GetAsync(http, $"{server.Url}/security/resources?source=server://{Attic}", "alice-dev-token-0001");
        source.Status.ShouldBe(HttpStatusCode.OK, source.Body);
        var token = JsonElement.Parse(source.Body).GetProperty("MediaContainer").GetProperty("Device").GetProperty("accessToken").GetString();
        (await GetAsync(http, $"{server.AtticUrl}/", token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_the_personas_there_is_none()
    {
        var seed = _home.Combine("seed.json");
        await File.WriteAllTextAsync(seed, """{ "version": 1, "personas": false, "accounts": [{ "name": "ivan" }] }""", Cancellation);
        using var server = await RunningServer.StartAsync(_home, "serve", "--dev", "--port", "0", "--seed", seed, "--json");

        server.AtticUrl.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_next_port_is_taken_it_takes_a_free_one()
    {
        await using var first = AtticServer.Listen(["http://127.0.0.1:0"], certificate: null);

        await using var second = AtticServer.Listen([$"http://127.0.0.1:{first.Address.Port - 1}"], certificate: null);

        second.Address.Port.ShouldNotBe(first.Address.Port);
    }

    [Fact]
    public async Task It_takes_the_next_port()
    {
        // A port that was free a moment ago may go to somebody else, but not every time.
        for (var tries = 0; tries < 50; tries++)
        {
            int port;
            await using (var free = AtticServer.Listen(["http://127.0.0.1:0"], certificate: null))
                port = free.Address.Port;
            await using var attic = AtticServer.Listen([$"http://127.0.0.1:{port - 1}"], certificate: null);
            if (attic.Address.Port == port)
                return;
        }

        Assert.Fail("It never took the next port.");
    }

    public void Dispose() => _home.Dispose();

    private static SocketsHttpHandler Trusting(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler();
        if (certificate is not null)
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck };
        return handler;
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(HttpClient http, string address, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("X-Plex-Client-Identifier", "attic-tests");
        if (token is not null)
            request.Headers.Add("X-Plex-Token", token);
        using var response = await http.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
