using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace PlexAuth.Server.Tests.Http;

[Requirement("T27"), Requirement("RI1"), Requirement("RI2"), Requirement("RI4")]
public class BadInputTests(HostedServer server) : IClassFixture<HostedServer>
{
    private const string Alice = "alice-dev-token-0001";
    private const string SignIn = "/api/v2/users/signin";

    private static readonly (string, string)[] Anonymous = [("Accept", "application/json")];

    [Theory]
    [InlineData("GET", "/api/v2/user")]
    [InlineData("GET", "/api/v2/ping")]
    [InlineData("DELETE", "/api/v2/users/signout")]
    [InlineData("POST", SignIn)]
    public async Task A_call_without_client_identifier_and_token_is_told_so(string verb, string path)
    {
        ShouldBeError(await server.SendAsync(new HttpMethod(verb), path, headers: Anonymous), HttpStatusCode.BadRequest, 1000);
        ShouldBeError(await server.SendAsync(new HttpMethod(verb), path, headers: [.. Anonymous, ("X-Plex-Client-Identifier", "")]), HttpStatusCode.BadRequest, 1000);
    }

    [Fact]
    public async Task A_missing_client_identifier_is_tolerated_beside_a_valid_token() =>
        (await server.GetAsync("/api/v2/user", Alice, Anonymous)).Status.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task A_dead_token_is_named_as_the_reason_where_the_client_identifier_is_missing_too()
    {
        ShouldBeError(await server.GetAsync("/api/v2/user", "unknown-token-000001", Anonymous), HttpStatusCode.Unauthorized, 1001);

        await using var strict = await HostedServer.StartAsync(options => options.Strict = true);
        ShouldBeError(await strict.GetAsync("/api/v2/user", "unknown-token-000001", Anonymous), HttpStatusCode.BadRequest, 1000);
    }

    [Fact]
    public async Task Strict_mode_tolerates_no_missing_client_identifier()
    {
        await using var strict = await HostedServer.StartAsync(options => options.Strict = true);

        ShouldBeError(await strict.GetAsync("/api/v2/user", Alice, Anonymous), HttpStatusCode.BadRequest, 1000);
        (await strict.GetAsync("/api/v2/user", Alice)).Status.ShouldBe(HttpStatusCode.OK);
        (await strict.GetAsync("/identity", headers: Anonymous)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("\"><script>alert(1)</script>")]
    public async Task A_client_identifier_of_other_characters_is_malformed(string identifier) =>
        ShouldBeError(await server.GetAsync("/api/v2/user", Alice, [.. Anonymous, ("X-Plex-Client-Identifier", identifier)]), HttpStatusCode.BadRequest, 1004);

    [Theory]
    [InlineData(null)]
    [InlineData("unknown-token-000001")]
    [InlineData("transient-AAAA")]
    [InlineData("heidi-dev-token-0001")]
    public async Task A_token_that_is_missing_or_not_valid_is_401(string? token)
    {
        var reply = await server.GetAsync("/api/v2/user", token);

        ShouldBeError(reply, HttpStatusCode.Unauthorized, 1001);
        reply.Headers["WWW-Authenticate"].ShouldBe("PlexToken");
    }

    [Theory]
    [InlineData("/api/v2/user", "X-Plex-Token: alice-dev-token-0001", "X-Plex-Token: bob-dev-token-000001")]
    [InlineData("/api/v2/user", "X-Plex-Token: alice-dev-token-0001", "X-Plex-Token: alice-dev-token-0001")]
    [InlineData("/api/v2/user", "X-Plex-Token: alice-dev-token-0001, bob-dev-token-000001", "A: b")]
    [InlineData("/api/v2/user?X-Plex-Token=bob-dev-token-000001", "X-Plex-Token: alice-dev-token-0001", "A: b")]
    [InlineData("/api/v2/user?X-Plex-Token=a&X-Plex-Token=b", "A: b", "C: d")]
    [InlineData("/?X-Plex-Token=a&X-Plex-Token=b", "A: b", "C: d")]
    public async Task Two_tokens_are_no_token(string path, string first, string second)
    {
        var reply = await RawCall.GetAsync(server.Address, path, "Accept: application/json", "X-Plex-Client-Identifier: test", first, second);

        reply.ShouldStartWith("HTTP/1.1 400 Bad Request");
        reply.ShouldContain("\"code\":1004");
    }

    [Theory]
    [InlineData("", Alice)]
    [InlineData("&X-Plex-Token=" + Alice, null)]
    public async Task A_second_token_in_the_form_makes_two(string query, string? header)
    {
        using var second = Content("application/x-www-form-urlencoded", "X-Plex-Token=bob-dev-token-000001");
        ShouldBeError(await server.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all" + query, header, content: second), HttpStatusCode.BadRequest, 1004);

        using var same = Content("application/x-www-form-urlencoded", "X-Plex-Token=" + Alice);
        (await server.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all" + query, header, content: same)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_same_token_in_header_and_query_is_one_token() =>
        (await server.GetAsync("/api/v2/user?X-Plex-Token=" + Alice, Alice)).Status.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("/security/token")]
    [InlineData("/security/token?type=delegation")]
    [InlineData("/security/token?scope=all")]
    [InlineData("/security/token?type=other&scope=all")]
    [InlineData("/security/token?type=delegation&scope=some")]
    [InlineData("/security/token?type=delegation&type=delegation&scope=all")]
    [InlineData("/security/resources")]
    [InlineData("/security/resources?source=")]
    [InlineData("/security/resources?source=living-room")]
    [InlineData("/security/resources?source=server://nobody-knows-this")]
    [InlineData("/security/resources?source=provider://nobody.knows.this")]
    [InlineData("/security/resources?source=http://127.0.0.1/")]
    [InlineData("/security/resources?source=server://0123456789abcdef0123456789abcdef01234567&refresh=yes")]
    public async Task Unknown_type_scope_or_source_is_400(string path)
    {
        ShouldBeError(await server.GetAsync(path, Alice), HttpStatusCode.BadRequest, 1004);

        var html = await server.GetAsync(path, Alice, [("Accept", "*/*")]);
        html.Status.ShouldBe(HttpStatusCode.BadRequest);
        html.ContentType.ShouldBe("text/html");
        html.Body.ShouldBe("<html><head><title>Bad Request</title></head><body><h1>400 Bad Request</h1></body></html>");
    }

    [Theory]
    [InlineData("POST", "/api/v2/users/signin")]
    [InlineData("POST", "/api/v2/pins")]
    [InlineData("GET", "/identity")]
    public async Task Two_tokens_are_refused_too_where_none_is_needed(string verb, string path) =>
        ShouldBeError(
            await server.SendAsync(new HttpMethod(verb), path + "?X-Plex-Token=bob-dev-token-000001&login=alice&password=alice-password", Alice), HttpStatusCode.BadRequest, 1004);

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "login=alice")]
    [InlineData("application/x-www-form-urlencoded", "login=alice&login=bob&password=x")]
    [InlineData("application/x-www-form-urlencoded", "%%%&&&===")]
    [InlineData("application/json", "{\"login\":\"alice\"")]
    [InlineData("application/json", "{\"login\":\"alice\",\"login\":\"bob\",\"password\":\"x\"}")]
    [InlineData("application/json", "{\"login\":{\"a\":1},\"password\":[]}")]
    [InlineData("application/json", "{\"login\":\"\\ud800\",\"password\":\"x\"}")]
    [InlineData("application/json", "{\"user[login]\":\"alice\",\"user\":{\"login\":\"bob\"}}")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "[1,2]")]
    [InlineData("application/json", "7")]
    [InlineData("application/json", "\"\"")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "login=alice&password=alice-password")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"login\"\r\n\r\nali")]
    public async Task A_malformed_sign_in_is_400(string contentType, string body) =>
        ShouldBeError(await server.SendAsync(HttpMethod.Post, SignIn, content: Content(contentType, body)), HttpStatusCode.BadRequest, 1004);

    [Theory]
    [InlineData("application/x-www-form-urlencoded", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-8", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1", HttpStatusCode.Unauthorized)]
    public async Task Bytes_of_a_form_that_are_not_UTF_8_are_400_and_no_password_that_others_open_too(string contentType, HttpStatusCode expected)
    {
        using var content = new ByteArrayContent([.. "login=alice&password="u8, 0xE7, 0xE9, 0xE0, 0xFC]);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        (await server.SendAsync(HttpMethod.Post, SignIn, content: content)).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("application/xml")]
    public async Task A_body_of_another_kind_is_415(string contentType) =>
        ShouldBeError(await server.SendAsync(HttpMethod.Post, SignIn, content: Content(contentType, "login=alice&password=x")), HttpStatusCode.UnsupportedMediaType, 1004);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/octet-stream")]
    public async Task A_body_over_64_KiB_is_413(string contentType) =>
        ShouldBeError(await server.SendAsync(HttpMethod.Post, SignIn, content: Content(contentType, new string('a', 70_000))), HttpStatusCode.RequestEntityTooLarge, 1004);

    [Fact]
    public async Task A_form_of_too_many_or_too_long_fields_is_400()
    {
        var many = string.Join('&', Enumerable.Range(0, 100).Select(i => $"f{i}=1"));
        ShouldBeError(await server.SendAsync(HttpMethod.Post, SignIn, content: Content("application/x-www-form-urlencoded", many)), HttpStatusCode.BadRequest, 1004);

        var longest = "login=alice&password=" + new string('a', 9_000);
        ShouldBeError(await server.SendAsync(HttpMethod.Post, SignIn, content: Content("application/x-www-form-urlencoded", longest)), HttpStatusCode.BadRequest, 1004);
    }

    [Theory]
    [InlineData("wrong-password")]
    [InlineData("")]
    public async Task A_wrong_or_empty_password_is_401(string password) =>
        ShouldBeError(await server.SendAsync(HttpMethod.Post, SignIn, content: Content("application/json", JsonSerializer.Serialize(new { login = "alice", password }))), HttpStatusCode.Unauthorized, 1001);

    [Fact]
    public async Task Header_bytes_that_are_not_UTF_8_are_refused_where_they_matter_and_read_as_Latin_1_elsewhere()
    {
        (await RawCall.GetAsync(server.Address, "/api/v2/user", "X-Plex-Token: " + Alice, "X-Plex-Device-Name: Caf\u00e9")).ShouldStartWith("HTTP/1.1 200");

        var client = await RawCall.GetAsync(server.Address, "/api/v2/user", "Accept: application/json", "X-Plex-Token: " + Alice, "X-Plex-Client-Identifier: caf\u00e9");
        client.ShouldStartWith("HTTP/1.1 400");
        client.ShouldContain("\"code\":1004");

        var token = await RawCall.GetAsync(server.Address, "/api/v2/user", "Accept: application/json", "X-Plex-Client-Identifier: test", "X-Plex-Token: caf\u00e9");
        token.ShouldStartWith("HTTP/1.1 401");
        token.ShouldContain("\"code\":1001");
    }

    [Fact]
    public async Task Half_a_character_in_an_invitation_is_400()
    {
        using var invitation = Content("application/json", "{\"shared_server\":{\"invited_email\":\"\\ud800\"}}");

        ShouldBeError(
            await server.SendAsync(HttpMethod.Post, "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers", Alice, content: invitation), HttpStatusCode.BadRequest, 1004);
    }

    [Fact]
    public async Task A_preflight_for_a_header_that_cannot_be_allows_the_others()
    {
        var reply = await RawCall.SendAsync(
            server.Address,
            $"OPTIONS /api/v2/user HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: close\r\nOrigin: https://app.example\r\nAccess-Control-Request-Method: GET\r\n"
            + "Access-Control-Request-Headers: caf\u00c3\u00a9\r\n\r\n");

        reply.ShouldStartWith("HTTP/1.1 204");
        reply.ShouldNotContain("Access-Control-Allow-Headers");
    }

    [Theory]
    [InlineData("User-Agent")]
    [InlineData("Cookie")]
    [InlineData("Accept-Language")]
    public async Task Headers_of_others_may_be_in_any_encoding(string name) =>
        (await RawCall.GetAsync(server.Address, "/api/v2/user", "X-Plex-Token: " + Alice, $"{name}: name=caf\u00e9")).ShouldStartWith("HTTP/1.1 200");

    [Theory]
    [InlineData("/api/v2")]
    [InlineData("/api/v2/nothing")]
    [InlineData("/api/v2/user/nothing")]
    public async Task An_unknown_path_of_the_account_service_is_404_in_the_format_of_the_call(string path)
    {
        ShouldBeError(await server.GetAsync(path, Alice), HttpStatusCode.NotFound, 1002);

        var xml = await server.GetAsync(path, Alice, [("Accept", "*/*")]);
        xml.Status.ShouldBe(HttpStatusCode.NotFound);
        XDocument.Parse(xml.Body).Root!.Element("error")!.Attribute("code")!.Value.ShouldBe("1002");
    }

    [Fact]
    public async Task An_unknown_path_of_the_media_server_is_404_in_HTML_or_JSON()
    {
        ShouldBeError(await server.GetAsync("/security/nothing", Alice), HttpStatusCode.NotFound, 1002);
        (await server.GetAsync("/security/nothing", Alice, [])).Body.ShouldBe("<html><head><title>Not Found</title></head><body><h1>404 Not Found</h1></body></html>");
    }

    [Theory]
    [InlineData("POST", "/api/v2/user", "GET, HEAD")]
    [InlineData("GET", SignIn, "POST")]
    [InlineData("PUT", "/identity", "GET, HEAD")]
    public async Task A_wrong_verb_is_405_and_names_the_right_ones(string verb, string path, string allowed)
    {
        var reply = await server.SendAsync(new HttpMethod(verb), path, Alice);

        ShouldBeError(reply, HttpStatusCode.MethodNotAllowed, 1005);
        reply.Headers["Allow"].ShouldBe(allowed);
    }

    [Fact]
    public async Task A_media_server_says_401_in_HTML_byte_for_byte()
    {
        var reply = await server.GetAsync("/", headers: []);

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
        reply.ContentType.ShouldBe("text/html");
        reply.Body.ShouldBe(await File.ReadAllTextAsync("fixtures/media-server/unauthorized.html", TestContext.Current.CancellationToken));
        reply.Headers["Content-Length"].ShouldBe("91");
        reply.Headers["X-Plex-Protocol"].ShouldBe("1.0");
    }

    private static ByteArrayContent Content(string type, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static void ShouldBeError(Reply reply, HttpStatusCode status, int code)
    {
        reply.Status.ShouldBe(status, reply.Body);
        reply.ContentType.ShouldBe("application/json; charset=utf-8");
        var error = JsonElement.Parse(reply.Body).GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("code").GetInt32().ShouldBe(code);
        error.GetProperty("status").GetInt32().ShouldBe((int)status);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }
}
