using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace PlexAuth.Server.Tests.Pins;

/// <summary>PINs on the wire, each client as it is known to call.</summary>
public class PinWireTests(HostedServer server) : IClassFixture<HostedServer>
{
    private const string Alice = "alice-dev-token-0001";

    private static readonly (string, string)[] Json = [("Accept", "application/json"), ("X-Plex-Client-Identifier", "app-1"), ("X-Plex-Product", "App")];

    [Fact]
    public async Task A_new_pin_has_every_field_that_clients_read()
    {
        var reply = await server.SendAsync(HttpMethod.Post, "/api/v2/pins", headers: Json);

        reply.Status.ShouldBe(HttpStatusCode.Created, reply.Body);
        reply.ContentType.ShouldBe("application/json; charset=utf-8");
        var pin = JsonElement.Parse(reply.Body);
        pin.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["id", "code", "product", "trusted", "clientIdentifier", "qr", "location", "expiresIn", "createdAt", "expiresAt", "authToken", "newRegistration"], ignoreOrder: true);
        pin.GetProperty("id").GetInt32().ShouldBeGreaterThan(1 << 28);
        pin.GetProperty("code").GetString()!.Length.ShouldBe(4);
        pin.GetProperty("product").GetString().ShouldBe("App");
        pin.GetProperty("trusted").GetBoolean().ShouldBeFalse();
        pin.GetProperty("clientIdentifier").GetString().ShouldBe("app-1");
        pin.GetProperty("qr").GetString().ShouldBe($"{server.Address}api/v2/pins/qr/{pin.GetProperty("code").GetString()}");
        pin.GetProperty("expiresIn").GetInt32().ShouldBeInRange(895, 900);
        pin.GetProperty("createdAt").GetDateTimeOffset().AddMinutes(15).ShouldBe(pin.GetProperty("expiresAt").GetDateTimeOffset());
        pin.GetProperty("createdAt").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        pin.GetProperty("authToken").ValueKind.ShouldBe(JsonValueKind.Null);
        pin.GetProperty("newRegistration").ValueKind.ShouldBe(JsonValueKind.Null);
        pin.GetProperty("location").EnumerateObject().Select(member => member.Name).ShouldBe(
            [
                "code", "european_union_member", "continent_code", "country", "city", "time_zone", "postal_code", "in_privacy_restricted_country",
                "in_privacy_restricted_region", "subdivisions", "coordinates",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_pin_in_XML_is_one_element_whose_attributes_python_reads()
    {
        var created = await server.SendAsync(HttpMethod.Post, "/api/v2/pins", headers: [("X-Plex-Client-Identifier", "python"), ("Accept", "*/*")]);
        created.Status.ShouldBe(HttpStatusCode.Created, created.Body);
        created.ContentType.ShouldBe("application/xml; charset=utf-8");
        var pin = XDocument.Parse(created.Body).Root!;
        pin.Name.LocalName.ShouldBe("pin");
        pin.Attribute("product")!.Value.ShouldBe("0");
        pin.Attribute("authToken")!.Value.ShouldBe("");
        pin.Attribute("trusted")!.Value.ShouldBe("0");
        pin.Element("location")!.Attribute("european_union_member")!.Value.ShouldBe("0");

        await LinkAsync(pin.Attribute("code")!.Value);

        var polled = await server.GetAsync($"/api/v2/pins/{pin.Attribute("id")!.Value}", headers: [("X-Plex-Client-Identifier", "python"), ("Accept", "*/*")]);
        var token = XDocument.Parse(polled.Body).Root!.Attribute("authToken")!.Value;
        (await server.GetAsync("/api/v2/user", token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/v2/pins?strong=true", null, null)]
    [InlineData("/api/v2/pins?strong=True", null, null)]
    [InlineData("/api/v2/pins.json?strong=true", null, null)]
    [InlineData("/api/v2/pins", "strong=true", "application/x-www-form-urlencoded")]
    [InlineData("/api/v2/pins", """{"strong":true}""", "application/json")]
    [InlineData("/api/v2/pins?strong=true", "\"\"", "application/json")]
    [InlineData("/api/v2/pins?strong=true", "", "application/json")]
    [InlineData("/api/v2/pins/?strong=true", null, null)]
    public async Task A_strong_pin_can_be_asked_for_in_every_way_clients_do(string path, string? body, string? type)
    {
        var content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue(type!));

        var reply = await server.SendAsync(HttpMethod.Post, path, headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", "strong")], content: content);

        reply.Status.ShouldBe(HttpStatusCode.Created, reply.Body);
        var pin = JsonElement.Parse(reply.Body);
        pin.GetProperty("code").GetString()!.ShouldMatch("^[a-z0-9]{25}$");
        pin.GetProperty("expiresIn").GetInt32().ShouldBeInRange(1795, 1800);
    }

    [Fact]
    public async Task Without_a_client_identifier_there_is_no_pin()
    {
        var reply = await server.SendAsync(HttpMethod.Post, "/api/v2/pins", headers: [("Accept", "application/json")]);

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        Error(reply).ShouldBe(1000);
        Error(await server.GetAsync("/api/v2/pins/300000000", headers: [("Accept", "application/json")])).ShouldBe(1000);
    }

    [Fact, Requirement("T10"), Requirement("RP6")]
    public async Task Unknown_foreign_denied_and_malformed_ids_have_one_answer()
    {
        var (id, _) = await CreateAsync("owner-of-the-pin");
        var replies = new[]
        {
            await server.GetAsync("/api/v2/pins/300000001", headers: Json),
            await server.GetAsync($"/api/v2/pins/{id}", headers: Json),
            await server.GetAsync("/api/v2/pins/99999999999", headers: Json),
            await server.GetAsync("/api/v2/pins/-1", headers: Json),
            await server.GetAsync("/api/v2/pins/abc", headers: Json),
        };

        foreach (var reply in replies)
        {
            reply.Status.ShouldBe(HttpStatusCode.NotFound);
            reply.Body.ShouldBe("""{"errors":[{"code":1020,"message":"Code not found or expired","status":404}]}""");
        }
    }

    [Theory]
    [InlineData("form")]
    [InlineData("query")]
    [InlineData("json")]
    [InlineData("json called form")]
    public async Task A_code_is_linked_however_it_is_sent(string way)
    {
        var (id, code) = await CreateAsync("linked");
        var (path, content) = way switch
        {
            "form" => ("/api/v2/pins/link", new StringContent($"code={code.ToLowerInvariant()}", new MediaTypeHeaderValue("application/x-www-form-urlencoded"))),
            "query" => ($"/api/v2/pins/link?code={code}", null),
            "json" => ("/api/v2/pins/link.json", new StringContent($$"""{"code":"{{code}}"}""", new MediaTypeHeaderValue("application/json"))),
            _ => ("/api/v2/pins/link", new StringContent($$"""{"code":"{{code}}"}""", new MediaTypeHeaderValue("application/x-www-form-urlencoded"))),
        };

        var reply = await server.SendAsync(HttpMethod.Put, path, Alice, [("X-Plex-Client-Identifier", "plex-sso"), ("X-Plex-Product", "Plex SSO")], content);

        reply.Status.ShouldBe(HttpStatusCode.NoContent, reply.Body);
        reply.Body.ShouldBeEmpty();
        var polled = JsonElement.Parse((await PollAsync(id, "linked")).Body);
        polled.GetProperty("authToken").GetString()!.Length.ShouldBe(24);
        polled.GetProperty("newRegistration").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Linking_needs_an_account_token()
    {
        var (_, code) = await CreateAsync("wanted");
        var minted = JsonElement.Parse((await server.GetAsync("/security/token?type=delegation&scope=all", Alice)).Body);
        var transient = minted.GetProperty("MediaContainer").GetProperty("token").GetString();

        (await LinkAsync(code, token: null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await LinkAsync(code, "no-such-token")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await LinkAsync(code, transient)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await LinkAsync(code, Alice)).Status.ShouldBe(HttpStatusCode.NoContent);
        Error(await LinkAsync(code, Alice)).ShouldBe(1020);
    }

    [Fact]
    public async Task The_QR_code_is_a_picture_for_any_code_live_or_not()
    {
        foreach (var code in new[] { "7RQZ", "8lzjqnq8lye02n52jq3fqxf8e" })
        {
            using var response = await server.Client.GetAsync($"/api/v2/pins/qr/{code}", TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
            var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            bytes[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        }

        (await server.GetAsync("/api/v2/pins/qr/%3Cscript%3E")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Browsers_may_call_from_any_page_with_any_plex_header()
    {
        const string Headers = "x-plex-client-identifier,x-plex-product,x-plex-version,x-plex-platform,x-plex-device,x-plex-device-name,x-plex-model,x-plex-language";
        foreach (var path in new[] { "/api/v2/pins?strong=true", "/api/v2/pins/300000000", "/pins.xml" })
        {
            var preflight = await server.SendAsync(HttpMethod.Options, path, headers: [("Origin", "http://overseerr.example:5055"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", Headers)]);
            preflight.Status.ShouldBe(HttpStatusCode.NoContent);
            preflight.Headers["Access-Control-Allow-Origin"].ShouldBe("*");
            preflight.Headers["Access-Control-Allow-Headers"].ShouldBe(Headers);
            preflight.Headers["Access-Control-Allow-Methods"].ShouldContain("POST");
        }

        var created = await server.SendAsync(HttpMethod.Post, "/api/v2/pins", headers: [.. Json, ("Origin", "http://overseerr.example:5055")]);
        created.Headers["Access-Control-Allow-Origin"].ShouldBe("*");
        created.Headers.ContainsKey("Access-Control-Allow-Credentials").ShouldBeFalse();
        created.Headers["Cache-Control"].ShouldBe("no-store");
    }

    private async Task<(int Id, string Code)> CreateAsync(string client)
    {
        var reply = await server.SendAsync(HttpMethod.Post, "/api/v2/pins", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", client)]);
        reply.Status.ShouldBe(HttpStatusCode.Created, reply.Body);
        var pin = JsonElement.Parse(reply.Body);
        return (pin.GetProperty("id").GetInt32(), pin.GetProperty("code").GetString()!);
    }

    private Task<Reply> PollAsync(int id, string client) => server.GetAsync($"/api/v2/pins/{id}", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", client)]);

    private Task<Reply> LinkAsync(string code, string? token = Alice) => server.SendAsync(
        HttpMethod.Put, "/api/v2/pins/link", token, [("Accept", "application/json"), ("X-Plex-Client-Identifier", "plex-sso")],
        new StringContent($"code={code}", Encoding.ASCII, "application/x-www-form-urlencoded"));

    private static int Error(Reply reply) => JsonElement.Parse(reply.Body).GetProperty("errors")[0].GetProperty("code").GetInt32();
}
