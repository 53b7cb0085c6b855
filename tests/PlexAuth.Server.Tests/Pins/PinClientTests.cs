using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace PlexAuth.Server.Tests.Pins;

/// <summary>Sign-ins as apps do them on the wire, from the first call to a token that works. Between their calls somebody links the code.</summary>
public class PinClientTests
{
    private const string Alice = "alice-dev-token-0001";

    [Fact]
    public async Task Overseerr_and_Tautulli_sign_in_from_a_browser()
    {
        await using var server = await HostedServer.StartAsync();
        (string, string)[] headers =
        [
            ("Accept", "application/json"), ("Origin", "http://overseerr.lan:5055"), ("Sec-Fetch-Site", "cross-site"), ("X-Plex-Product", "Overseerr"), ("X-Plex-Version", "Plex OAuth"),
            ("X-Plex-Client-Identifier", "5ad3c61a-0d60-4d8b-8c10-9f4c9ba8a0e9"), ("X-Plex-Model", "Plex OAuth"), ("X-Plex-Platform", "Chrome"), ("X-Plex-Platform-Version", "126.0"),
            ("X-Plex-Device", "Linux"), ("X-Plex-Device-Name", "Chrome (Overseerr)"), ("X-Plex-Device-Screen-Resolution", "1440x772,1440x900"), ("X-Plex-Language", "en"),
        ];
        (await PreflightAsync(server, "POST", "/api/v2/pins?strong=true", headers)).ShouldBe(HttpStatusCode.NoContent);
        var pin = Json(await server.SendAsync(HttpMethod.Post, "/api/v2/pins?strong=true", headers: headers));
        var id = pin.GetProperty("id").GetInt32();
        (await PreflightAsync(server, "GET", $"/api/v2/pins/{id}", headers)).ShouldBe(HttpStatusCode.NoContent);
        Json(await server.GetAsync($"/api/v2/pins/{id}", headers: headers)).GetProperty("authToken").ValueKind.ShouldBe(JsonValueKind.Null);

        await LinkAsync(server, pin.GetProperty("code").GetString()!);

        await WorksAsync(server, Json(await server.GetAsync($"/api/v2/pins/{id}", headers: headers)).GetProperty("authToken").GetString());
    }

    [Fact]
    public async Task Authentik_signs_in_with_all_it_says_in_the_query()
    {
        await using var server = await HostedServer.StartAsync();
        const string Query = "X-Plex-Product=authentik&X-Plex-Version=1.0&X-Plex-Client-Identifier=9sKlPq&X-Plex-Device-Vendor=goauthentik.io";
        (string, string)[] headers = [("Accept", "application/json"), ("Origin", "https://authentik.example")];
        var created = await server.SendAsync(HttpMethod.Post, $"/api/v2/pins.json?strong=true&{Query}", headers: headers);
        created.Status.ShouldBe(HttpStatusCode.Created);
        var pin = Json(created);
        pin.GetProperty("product").GetString().ShouldBe("authentik");
        var poll = $"/api/v2/pins/{pin.GetProperty("id").GetInt32()}.json?{Query}";
        (await server.GetAsync(poll, headers: headers)).Status.ShouldBe(HttpStatusCode.OK);

        await LinkAsync(server, pin.GetProperty("code").GetString()!);

        var claimed = await server.GetAsync(poll, headers: headers);
        claimed.Status.ShouldBe(HttpStatusCode.OK);
        await WorksAsync(server, Json(claimed).GetProperty("authToken").GetString());
    }

    [Fact]
    public async Task Home_Assistant_posts_a_form_and_polls_with_headers()
    {
        await using var server = await HostedServer.StartAsync();
        (string, string)[] payload = [("X-Plex-Product", "Home Assistant"), ("X-Plex-Client-Identifier", "ha-1"), ("X-Plex-Device", "Docker"), ("X-Plex-Platform", "Home Assistant")];
        var created = await server.SendAsync(
            HttpMethod.Post, "/api/v2/pins.json?strong=true", headers: [("Accept", "*/*")],
            content: new FormUrlEncodedContent(payload.Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
        created.Status.ShouldBe(HttpStatusCode.Created, created.Body);
        created.ContentType.ShouldBe("application/json; charset=utf-8");
        var pin = Json(created);
        var poll = $"/api/v2/pins/{pin.GetProperty("id").GetInt32()}.json";
        Json(await server.GetAsync(poll, headers: payload)).GetProperty("authToken").ValueKind.ShouldBe(JsonValueKind.Null);

        await LinkAsync(server, pin.GetProperty("code").GetString()!);

        await WorksAsync(server, Json(await server.GetAsync(poll, headers: payload)).GetProperty("authToken").GetString());
    }

    [Fact]
    public async Task Plezy_and_plex_oauth_send_a_body_that_says_nothing()
    {
        await using var server = await HostedServer.StartAsync();
        (string, string)[] headers = [("Accept", "application/json"), ("X-Plex-Client-Identifier", "plezy"), ("X-Plex-Product", "Plezy"), ("X-Plex-Platform", "Web")];
        var created = await server.SendAsync(
            HttpMethod.Post, "/api/v2/pins?strong=true", headers: headers, content: new StringContent("\"\"", System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/json")));
        created.Status.ShouldBe(HttpStatusCode.Created, created.Body);
        var pin = Json(created);

        await LinkAsync(server, pin.GetProperty("code").GetString()!);

        await WorksAsync(server, Json(await server.GetAsync($"/api/v2/pins/{pin.GetProperty("id").GetInt32()}?code=x&X-Plex-Token=", headers: headers)).GetProperty("authToken").GetString());
    }

    [Fact]
    public async Task Plex_for_Kodi_reads_the_elements_of_the_older_address()
    {
        await using var server = await HostedServer.StartAsync();
        (string, string)[] headers =
        [
            ("Accept", "application/xml"), ("X-Plex-Client-Identifier", "kodi-1"), ("X-Plex-Product", "Plex for Kodi"), ("X-Plex-Provides", "player"), ("X-Plex-Device-Name", "LibreELEC"),
        ];
        var created = await server.SendAsync(HttpMethod.Post, "/pins.xml", headers: headers);
        created.Status.ShouldBe(HttpStatusCode.Created, created.Body);
        created.ContentType.ShouldBe("application/xml; charset=utf-8");
        var pin = XDocument.Parse(created.Body).Root!;
        pin.Name.LocalName.ShouldBe("pin");
        pin.Element("id")!.Attribute("type")!.Value.ShouldBe("integer");
        pin.Element("code")!.Value.Length.ShouldBe(4);
        pin.Element("expires-at")!.Attribute("type")!.Value.ShouldBe("datetime");
        pin.Element("user-id")!.Attribute("nil")!.Value.ShouldBe("true");
        pin.Element("client-identifier")!.Value.ShouldBe("kodi-1");
        pin.Element("trusted")!.Value.ShouldBe("false");
        pin.Element("auth-token")!.Attribute("nil")!.Value.ShouldBe("true");
        pin.Element("auth_token")!.Value.ShouldBeEmpty();
        var poll = $"/pins/{pin.Element("id")!.Value}.xml";
        XDocument.Parse((await server.GetAsync(poll, headers: headers)).Body).Root!.Element("auth_token")!.Value.ShouldBeEmpty();

        await LinkAsync(server, pin.Element("code")!.Value);

        var claimed = XDocument.Parse((await server.GetAsync(poll, headers: headers)).Body).Root!;
        claimed.Element("user-id")!.Value.ShouldBe("1");
        claimed.Element("auth-token")!.Value.ShouldBe(claimed.Element("auth_token")!.Value);
        claimed.Element("auth_token")!.Attribute("nil").ShouldBeNull();
        await WorksAsync(server, claimed.Element("auth_token")!.Value);
        (await server.GetAsync("/pins/300000000.xml", headers: headers)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_older_address_speaks_JSON_too()
    {
        await using var server = await HostedServer.StartAsync();
        (string, string)[] headers = [("X-Plex-Client-Identifier", "crosswatch")];
        var created = Json(await server.SendAsync(HttpMethod.Post, "/pins.json?strong=true", headers: headers)).GetProperty("pin");
        created.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "code", "expires_at", "user_id", "client_identifier", "trusted", "auth_token"]);
        created.GetProperty("code").GetString()!.Length.ShouldBe(25);
        created.GetProperty("user_id").ValueKind.ShouldBe(JsonValueKind.Null);

        await LinkAsync(server, created.GetProperty("code").GetString()!);

        var claimed = Json(await server.GetAsync($"/pins/{created.GetProperty("id").GetInt32()}.json", headers: headers)).GetProperty("pin");
        claimed.GetProperty("user_id").GetInt32().ShouldBe(1);
        await WorksAsync(server, claimed.GetProperty("auth_token").GetString());
    }

    [Fact]
    public async Task Ombi_finds_the_word_errors_in_the_answer_about_a_pin_that_is_gone()
    {
        await using var server = await HostedServer.StartAsync();

        var reply = await server.GetAsync("/api/v2/pins/300000000", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", "ombi")]);

        reply.Status.ShouldBe(HttpStatusCode.NotFound);
        reply.Body.ShouldContain("errors");
    }

    private static async Task LinkAsync(HostedServer server, string code)
    {
        var reply = await server.SendAsync(
            HttpMethod.Put, "/api/v2/pins/link", Alice, [("X-Plex-Client-Identifier", "phone"), ("X-Plex-Product", "Plex SSO")],
            new FormUrlEncodedContent([KeyValuePair.Create("code", code)]));
        reply.Status.ShouldBe(HttpStatusCode.NoContent, reply.Body);
    }

    private static async Task WorksAsync(HostedServer server, string? token) =>
        Json(await server.GetAsync("/api/v2/user", token)).GetProperty("username").GetString().ShouldBe("alice");

    private static async Task<HttpStatusCode> PreflightAsync(HostedServer server, string method, string path, (string Name, string Value)[] headers)
    {
        var wanted = string.Join(',', headers.Where(header => header.Name.StartsWith("X-", StringComparison.Ordinal)).Select(header => header.Name.ToLowerInvariant()));
        var reply = await server.SendAsync(HttpMethod.Options, path, headers: [("Origin", "http://app.example"), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", wanted)]);
        reply.Headers["Access-Control-Allow-Origin"].ShouldBe("*");
        reply.Headers["Access-Control-Allow-Headers"].ShouldBe(wanted);
        return reply.Status;
    }

    private static JsonElement Json(Reply reply) => JsonElement.Parse(reply.Body);
}
