using System.Net;

namespace PlexAuth.Tests;

public sealed class RequestTests
{
    private const string Account = """{"id":1,"authToken":"new-token-0000000001"}""";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sign_in_sends_the_documented_form_and_no_token()
    {
        var stub = new StubHandler().On("POST /api/v2/users/signin", HttpStatusCode.Created, Account);

        await Client.Over(stub).SignInAsync("a b@example.com", "p&ss=wörd", "123456", rememberMe: true, cancellationToken: Cancellation);

        stub.Bodies[0].ShouldBe("login=a+b%40example.com&password=p%26ss%3Dw%C3%B6rd&rememberMe=true&verificationCode=123456");
        stub.Headers[0].ShouldNotContainKey(PlexHeaders.Token);
    }

    [Fact]
    public async Task Every_identity_value_is_sent_under_its_header()
    {
        var stub = new StubHandler().On("GET /api/v2/user", HttpStatusCode.OK, Account);
        var identity = new PlexClientIdentity("abc123", "Plex for Roku")
        {
            Version = "2.4.1",
            Platform = "Roku",
            PlatformVersion = "4.3 build 1057",
            Device = "Roku 3",
            DeviceName = "Living Room TV",
            DeviceVendor = "Roku",
            Model = "4200X",
            Marketplace = "googlePlay",
            Provides = "player",
            Language = "en",
        };

        await Client.Over(stub, o => o.Identity = identity).GetTokenDetailsAsync(cancellationToken: Cancellation);

        stub.Headers[0].ShouldBe(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Accept"] = "application/json",
            ["X-Plex-Client-Identifier"] = "abc123",
            ["X-Plex-Product"] = "Plex for Roku",
            ["X-Plex-Version"] = "2.4.1",
            ["X-Plex-Platform"] = "Roku",
            ["X-Plex-Platform-Version"] = "4.3 build 1057",
            ["X-Plex-Device"] = "Roku 3",
            ["X-Plex-Model"] = "4200X",
            ["X-Plex-Device-Vendor"] = "Roku",
            ["X-Plex-Device-Name"] = "Living Room TV",
            ["X-Plex-Marketplace"] = "googlePlay",
            ["X-Plex-Provides"] = "player",
            ["X-Plex-Language"] = "en",
            ["X-Plex-Token"] = Client.Token,
        }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_call_can_have_its_own_address_token_identity_and_format()
    {
        var stub = new StubHandler().On("GET /base/user", HttpStatusCode.OK, Account);

        await Client.Over(stub).GetTokenDetailsAsync(
            new PlexCallOptions
            {
                ServerUrl = new Uri("https://other.test/base/"),
                Token = new PlexToken("other-token-00000001"),
                Identity = new PlexClientIdentity("other-client"),
                Format = PlexFormat.Xml,
            },
            Cancellation);

        stub.Headers[0][PlexHeaders.Token].ShouldBe("other-token-00000001");
        stub.Headers[0][PlexHeaders.ClientIdentifier].ShouldBe("other-client");
        stub.Headers[0].ShouldNotContainKey(PlexHeaders.Product);
        stub.Headers[0]["Accept"].ShouldBe("application/xml");
    }

    [Fact]
    public async Task A_sign_in_gives_later_calls_their_token_until_the_sign_out()
    {
        var stub = new StubHandler()
            .On("POST /api/v2/users/signin", HttpStatusCode.Created, Account)
            .On("GET /api/v2/ping", HttpStatusCode.OK, Wire.Bytes("account/ping.xml"))
            .On("DELETE /api/v2/users/signout", HttpStatusCode.NoContent);
        var client = Client.Over(stub, o => o.Credential = null);

        await client.SignInAsync("alice", "alice-password", cancellationToken: Cancellation);
        await client.PingAsync(cancellationToken: Cancellation);
        await client.SignOutAsync(cancellationToken: Cancellation);

        stub.Headers[1][PlexHeaders.Token].ShouldBe("new-token-0000000001");
        stub.Headers[2][PlexHeaders.Token].ShouldBe("new-token-0000000001");
        await Should.ThrowAsync<PlexSignInRequiredException>(() => client.PingAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_token_that_was_dead_before_the_sign_out_is_forgotten_too()
    {
        var stub = new StubHandler()
            .On("POST /api/v2/users/signin", HttpStatusCode.Created, Account)
            .On("DELETE /api/v2/users/signout", HttpStatusCode.Unauthorized);
        var client = Client.Over(stub, o => o.Credential = null);

        await client.SignInAsync("alice", "alice-password", cancellationToken: Cancellation);
        await Should.ThrowAsync<PlexUnauthorizedException>(() => client.SignOutAsync(cancellationToken: Cancellation));

        await Should.ThrowAsync<PlexSignInRequiredException>(() => client.PingAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Revoking_another_token_keeps_the_clients_own()
    {
        var stub = new StubHandler()
            .On("POST /api/v2/users/signin", HttpStatusCode.Created, Account)
            .On("DELETE /api/v2/users/signout", HttpStatusCode.NoContent)
            .On("GET /api/v2/ping", HttpStatusCode.OK, Wire.Bytes("account/ping.json"));
        var client = Client.Over(stub, o => o.Credential = null);

        await client.SignInAsync("alice", "alice-password", cancellationToken: Cancellation);
        await client.SignOutAsync(new PlexCallOptions { Token = new PlexToken("lost-phone-token") }, Cancellation);
        await client.PingAsync(cancellationToken: Cancellation);

        stub.Headers[1][PlexHeaders.Token].ShouldBe("lost-phone-token");
    }

    [Fact]
    public async Task A_sign_in_answered_without_a_token_is_not_one()
    {
        var client = Client.Over(new StubHandler().On("POST /api/v2/users/signin", HttpStatusCode.Created, """{"id":1,"username":"alice"}"""));

        await Should.ThrowAsync<PlexProtocolException>(() => client.SignInAsync("alice", "alice-password", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_ping_answered_by_something_else_fails()
    {
        var client = Client.Over(new StubHandler().On("GET /api/v2/ping", HttpStatusCode.OK, "<html><body>Welcome to our hotel</body></html>"));

        await Should.ThrowAsync<PlexProtocolException>(() => client.PingAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public void Missing_or_wrong_options_are_named_before_any_call()
    {
        Failure(o => o.Identity = null).ShouldContain("PlexClientOptions.Identity");
        Failure(o => o.AccountUrl = new Uri("/api/v2", UriKind.Relative)).ShouldContain("PlexClientOptions.AccountUrl");
        Failure(o => o.AccountUrl = new Uri("ftp://plex.tv")).ShouldContain("PlexClientOptions.AccountUrl");
        Failure(o => o.AccountUrl = new Uri("https://user@plex.tv")).ShouldContain("PlexClientOptions.AccountUrl");
        Failure(o => o.ServerUrl = new Uri("https://server.test?X-Plex-Token=t")).ShouldContain("PlexClientOptions.ServerUrl");
        Failure(o => o.Timeout = TimeSpan.Zero).ShouldContain("PlexClientOptions.Timeout");
        Failure(o => o.Retry = null!).ShouldContain("PlexRetry.None");

        static string Failure(Action<PlexClientOptions> spoil) =>
            Should.Throw<InvalidOperationException>(() => new PlexClient(Client.Options(spoil))).Message;
    }
}
