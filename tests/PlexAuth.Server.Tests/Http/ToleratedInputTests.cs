using System.Net;
using System.Text;

namespace PlexAuth.Server.Tests.Http;

/// <summary>Calls that look odd and that clients in use really make.</summary>
public sealed class ToleratedInputTests(HostedServer server) : IClassFixture<HostedServer>
{
    private const string Alice = "alice-dev-token-0001";
    private const string Credentials = "login=alice&password=alice-password";

    [Theory]
    [InlineData("/api/v2//user")]
    [InlineData("/api/v2/user/")]
    [InlineData("/api/v2/user.json")]
    [InlineData("/api/v2/user?includeSubscriptions=1&includeProviders=1")]
    public async Task Spellings_of_a_path_are_understood(string path) =>
        (await server.GetAsync(path, Alice)).Status.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task A_suffix_fixes_the_format()
    {
        (await server.GetAsync("/api/v2/user.xml", Alice)).ContentType.ShouldBe("application/xml; charset=utf-8");
        (await server.GetAsync("/api/v2/user.json", Alice, [])).ContentType.ShouldBe("application/json; charset=utf-8");
        (await server.GetAsync("/identity.xml")).ContentType.ShouldBe("text/xml; charset=utf-8");
    }

    [Fact]
    public async Task The_header_accepts_is_not_Accept() =>
        (await server.GetAsync("/api/v2/user", Alice, [("accepts", "application/json")])).ContentType.ShouldBe("application/xml; charset=utf-8");

    [Fact]
    public async Task Token_and_client_identifier_may_come_in_the_query()
    {
        (await server.GetAsync("/api/v2/user?X-Plex-Token=" + Alice, headers: [("Accept", "application/json")])).Status.ShouldBe(HttpStatusCode.OK);
        (await SignInAsync("/api/v2/users/signin?X-Plex-Client-Identifier=from-query", "application/x-www-form-urlencoded", Credentials, [])).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_token_in_the_query_can_be_switched_off()
    {
        await using var careful = await HostedServer.StartAsync(options => options.AllowQueryToken = false);

        (await careful.GetAsync("/api/v2/user?X-Plex-Token=" + Alice)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await careful.GetAsync("/api/v2/user", Alice)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v2/users/signin", "application/x-www-form-urlencoded", Credentials + "&X-Plex-Client-Identifier=from-form")]
    [InlineData("/api/v2/users/signin?X-Plex-Client-Identifier=c&" + Credentials, "application/octet-stream", "")]
    [InlineData("/api/v2//users//signin?X-Plex-Client-Identifier=c&" + Credentials, null, "")]
    public async Task A_sign_in_may_carry_its_values_in_form_or_query(string path, string? contentType, string body) =>
        (await SignInAsync(path, contentType, body, [])).ShouldBe(HttpStatusCode.Created);

    [Theory]
    [InlineData("application/x-www-form-urlencoded", Credentials + "&rememberMe=True")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-8", Credentials + "&rememberMe=FALSE&noGuest=1&skipAuthentication=1")]
    [InlineData("application/json", "{\"login\":\"alice@example.com\",\"password\":\"alice-password\",\"rememberMe\":false}")]
    [InlineData("application/json; charset=utf-8", "{\"login\":\"alice\",\"password\":\"alice-password\",\"verificationCode\":null,\"extra\":{\"deep\":[1]}}")]
    public async Task A_sign_in_may_be_a_form_or_JSON(string contentType, string body) =>
        (await SignInAsync("/api/v2/users/signin", contentType, body, [("X-Plex-Client-Identifier", "c")])).ShouldBe(HttpStatusCode.Created);

    [Fact]
    public async Task A_GET_may_say_that_its_empty_body_is_of_some_type()
    {
        foreach (var contentType in (string[])["application/octet-stream", "application/json"])
        {
            var reply = await RawCall.GetAsync(server.Address, "/api/v2/user", "X-Plex-Token: " + Alice, "Content-Type: " + contentType);
            reply.ShouldStartWith("HTTP/1.1 200");
        }
    }

    [Fact]
    public async Task An_empty_cookie_header_is_nothing() =>
        (await RawCall.GetAsync(server.Address, "/api/v2/user", "X-Plex-Token: " + Alice, "cookie: ")).ShouldStartWith("HTTP/1.1 200");

    [Fact]
    public async Task Names_are_kept_in_whatever_encoding_they_came()
    {
        var body = "login=alice&password=alice-password";
        foreach (var name in (string[])["Caf\u00e9", Encoding.Latin1.GetString("Café"u8)])
        {
            var reply = await RawCall.SendAsync(
                server.Address,
                $"POST /api/v2/users/signin HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Plex-Client-Identifier: named\r\nX-Plex-Device-Name: {name}\r\n"
                + $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            reply.ShouldStartWith("HTTP/1.1 201");
        }
    }

    [Fact]
    public async Task HEAD_answers_as_GET_without_a_body()
    {
        var reply = await server.SendAsync(HttpMethod.Head, "/api/v2/user", Alice);

        reply.Status.ShouldBe(HttpStatusCode.OK);
        reply.Body.ShouldBeEmpty();
        int.Parse(reply.Headers["Content-Length"]).ShouldBeGreaterThan(1_000);
    }

    private async Task<HttpStatusCode> SignInAsync(string path, string? contentType, string body, (string, string)[] headers)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return (await server.SendAsync(HttpMethod.Post, path, headers: headers, content: content)).Status;
    }
}
