using System.Net;
using System.Text;

namespace PlexAuth.Tests;

public sealed class ConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_takes_no_token_along(string status)
    {
        await using var thief = new LoopbackServer(_ => LoopbackServer.Response("200 OK", Wire.Text("account/user.json")));
        await using var server = new LoopbackServer(_ => LoopbackServer.Response(status, "", $"Location: {thief.Url}user\r\n"));
        using var plex = new PlexClient(Client.Options(o => o.AccountUrl = server.Url));

        var refused = await Should.ThrowAsync<PlexProtocolException>(() => plex.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation));

        refused.Message.ShouldContain("redirect");
        thief.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_http_client_that_follows_redirects_is_found_out()
    {
        await using var other = new LoopbackServer(_ => LoopbackServer.Response("200 OK", Wire.Text("account/user.json")));
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("302 Found", "", $"Location: {other.Url}user\r\n"));
        using var http = new HttpClient();
        using var plex = new PlexClient(http, Client.Options(o => o.AccountUrl = server.Url));

        var refused = await Should.ThrowAsync<PlexProtocolException>(() => plex.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation));

        refused.Message.ShouldContain("AllowAutoRedirect");
    }

    [Fact]
    public async Task Xml_is_read_though_json_was_asked_for_and_whatever_the_content_type_says()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", Wire.Text("account/user.xml"), "Content-Type: application/json\r\n"));
        using var plex = new PlexClient(Client.Options(o => o.AccountUrl = server.Url));

        (await plex.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Username.ShouldBe("Username");

        server.Requests.First().ShouldContain("Accept: application/json\r\n");
    }

    [Fact]
    public async Task The_401_page_of_a_media_server_is_understood_over_a_socket()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Response(
            "401 Unauthorized", Wire.Text("media-server/unauthorized.html"), "Content-Type: text/html\r\nX-Plex-Protocol: 1.0\r\nCache-Control: no-cache\r\n"));
        using var plex = new PlexClient(Client.Options(o => o.ServerUrl = server.Url));

        await Should.ThrowAsync<PlexUnauthorizedException>(() => plex.Authentication.GetTransientTokenAsync(cancellationToken: Cancellation));

        server.Requests.First().ShouldStartWith("POST /security/token?type=delegation&scope=all HTTP/1.1\r\n");
        server.Requests.First().ShouldContain("Content-Length: 0\r\n");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"id\":1,\"authToken\":\"t\"")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"id\":1,\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("")]
    [InlineData("GARBAGE\r\n\r\n")]
    public async Task An_answer_that_breaks_off_is_a_network_failure(string raw)
    {
        await using var server = new LoopbackServer(_ => Encoding.ASCII.GetBytes(raw));
        using var plex = new PlexClient(Client.Options(o => o.AccountUrl = server.Url));

        var failed = await Should.ThrowAsync<PlexNetworkException>(() => plex.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation));

        failed.Message.ShouldContain("the connection broke");
        (await plex.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Unreachable);
    }

    [Fact]
    public async Task A_broken_answer_is_asked_for_again()
    {
        var count = 0;
        await using var server = new LoopbackServer(_ => ++count < 3 ? [] : LoopbackServer.Response("200 OK", """{"id":1,"authToken":"t"}"""));
        using var plex = new PlexClient(Client.Options(o => (o.AccountUrl, o.Retry, o.TimeProvider) = (server.Url, PlexRetry.Default, new FakeTimeProvider())));

        (await plex.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Id.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_larger_than_4_MiB_is_refused_whether_or_not_it_says_so()
    {
        var body = new string(' ', (4 * 1024 * 1024) + 1);
        var stub = new StubHandler()
            .On("GET /api/v2/user", HttpStatusCode.OK, body)
            .On("GET /api/v2/user", HttpStatusCode.OK, body, r => r.Content.Headers.ContentLength = null);
        var client = Client.Over(stub);

        for (var i = 0; i < 2; i++)
            (await Should.ThrowAsync<PlexProtocolException>(() => client.GetTokenDetailsAsync(cancellationToken: Cancellation))).Message.ShouldContain("larger than 4 MiB");
    }
}
