using System.Net;

namespace PlexAuth.Tests;

public sealed class MediaServerTests
{
    private const string TokenRequest = "/security/token?type=delegation&scope=all";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("media-server/security-token.json")]
    [InlineData("media-server/security-token.xml")]
    public async Task A_transient_token_is_asked_by_post_and_ends_after_48_hours_at_the_latest(string file)
    {
        var time = new FakeTimeProvider();
        var stub = new StubHandler().On("POST " + TokenRequest, HttpStatusCode.OK, Wire.Bytes(file));

        var token = await Client.Over(stub, o => o.TimeProvider = time).GetTransientTokenAsync(cancellationToken: Cancellation);

        token.Token.Reveal().ShouldBe("transient-90904684-f91a-4391-8bf7-e0dfa7240285");
        token.ExpiresAt.ShouldBe(time.GetUtcNow().AddHours(48));
        stub.Headers[0][PlexHeaders.Token].ShouldBe(Client.Token);
    }

    [Fact]
    public async Task A_transient_token_is_asked_by_get_on_request()
    {
        var stub = new StubHandler().On("GET " + TokenRequest, HttpStatusCode.OK, Wire.Bytes("media-server/security-token.json"));

        await Client.Over(stub).GetTransientTokenAsync(new PlexTransientTokenRequest { UseGet = true }, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_server_of_no_account_gives_no_token()
    {
        var stub = new StubHandler().On("POST " + TokenRequest, HttpStatusCode.OK, Wire.Bytes("media-server/security-token-unclaimed.xml"));

        await Should.ThrowAsync<PlexProtocolException>(() => Client.Over(stub).GetTransientTokenAsync(cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData("media-server/security-resources.json")]
    [InlineData("media-server/security-resources.xml")]
    public async Task A_source_has_a_token_and_its_addresses(string file)
    {
        var stub = new StubHandler().On(
            "GET /security/resources?source=server%3A%2F%2F89abcdef0123456789abcdef0123456789abcdef&refresh=1", HttpStatusCode.OK, Wire.Bytes(file));

        var source = await Client.Over(stub).GetSourceConnectionInformationAsync(
            "server://89abcdef0123456789abcdef0123456789abcdef", refresh: true, cancellationToken: Cancellation);

        (source.Name, source.ClientIdentifier).ShouldBe(("Attic", "89abcdef0123456789abcdef0123456789abcdef"));
        source.AccessToken!.Value.Reveal().ShouldBe("transient-2f0c1d6e-6f6c-4d2e-9a57-1b8a2c3d4e5f");
        source.Connections.Select(c => (c.Protocol, c.Address, c.Port, c.Local, c.Relay)).ShouldBe([
            ("https", "192.168.1.10", 32400, true, false),
            ("https", "203.0.113.7", 32400, false, false),
            ("https", "198.51.100.20", 8443, false, true)]);
        source.Connections[2].Uri.ShouldBe(new Uri("https://198-51-100-20.0123456789abcdef0123456789abcdef.plex.direct:8443"));
    }

    [Fact]
    public async Task A_list_of_one_device_and_a_single_connection_are_read_too()
    {
        var stub = new StubHandler().On("GET /security/resources?source=provider%3A%2F%2Fp", HttpStatusCode.OK,
            """{"MediaContainer":{"size":"1","Device":[{"clientIdentifier":"p","Connection":{"port":"443","local":"0"}}]}}""");

        var source = await Client.Over(stub).GetSourceConnectionInformationAsync("provider://p", cancellationToken: Cancellation);

        source.Connections.ShouldHaveSingleItem().Port.ShouldBe(443);
        source.AccessToken.ShouldBeNull();
    }

    [Fact]
    public async Task The_page_of_a_401_is_understood()
    {
        foreach (var file in (string[])["media-server/unauthorized.html", "media-server/unauthorized-root.html"])
        {
            var stub = new StubHandler().On("POST " + TokenRequest, HttpStatusCode.Unauthorized, Wire.Bytes(file));

            var refused = await Should.ThrowAsync<PlexUnauthorizedException>(() => Client.Over(stub).GetTransientTokenAsync(cancellationToken: Cancellation));

            refused.Errors.ShouldBeEmpty();
            refused.Message.ShouldBe("Plex refused the transient token (HTTP 401). The token is not, or no longer, valid: sign in again.");
        }
    }

    [Fact]
    public async Task Without_a_server_address_nothing_is_sent_and_the_option_is_named()
    {
        var stub = new StubHandler();

        var missing = await Should.ThrowAsync<InvalidOperationException>(
            () => Client.Over(stub, o => o.ServerUrl = null).GetTransientTokenAsync(cancellationToken: Cancellation));

        missing.Message.ShouldContain("PlexClientOptions.ServerUrl");
        stub.Requests.ShouldBeEmpty();
    }
}
