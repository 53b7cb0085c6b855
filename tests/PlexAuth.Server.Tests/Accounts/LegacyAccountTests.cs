using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Tests.Accounts;

/// <summary>The addresses before version 2, as the apps that still use them call and read them.</summary>
public class LegacyAccountTests(HostedServer server) : IClassFixture<HostedServer>
{
    private static readonly (string, string)[] Television = [("X-Plex-Client-Identifier", "living-room-tv"), ("X-Plex-Product", "Plex for Kodi")];

    [Fact]
    public async Task Ctrl_plex_signs_in_with_basic_authentication_and_reads_authToken()
    {
        var reply = await SendAsync("/users/sign_in.json", Basic("alice", "alice-password"), accept: "application/json");

        reply.Status.ShouldBe(HttpStatusCode.Created);
        await ShouldOpenAsync(User(reply).GetProperty("authToken").GetString());
    }

    [Fact]
    public async Task Ombi_and_jensenkds_client_sign_in_with_json_and_read_their_own_spellings()
    {
        var reply = await server.SendAsync(
            HttpMethod.Post, "/users/sign_in.json", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", "ombi")],
            content: new StringContent("""{"user":{"login":"alice","password":"alice-password"}}""", Encoding.UTF8, "application/json"));

        reply.Status.ShouldBe(HttpStatusCode.Created);
        var user = User(reply);
        user.GetProperty("authentication_token").GetString().ShouldBe(user.GetProperty("authToken").GetString());
        user.GetProperty("authenticationToken").GetString().ShouldBe(user.GetProperty("authToken").GetString());
        user.GetProperty("roles").GetProperty("roles").EnumerateArray().Single().GetString().ShouldBe("plexpass");
        user.GetProperty("subscription").GetProperty("active").GetBoolean().ShouldBeTrue();
        await ShouldOpenAsync(user.GetProperty("authentication_token").GetString());
    }

    [Fact]
    public async Task A_form_with_bracketed_names_signs_in()
    {
        var reply = await server.SendAsync(
            HttpMethod.Post, "/users/sign_in.json", headers: [("X-Plex-Client-Identifier", "form-client")],
            content: new FormUrlEncodedContent([new("user[login]", "alice@example.com"), new("user[password]", "alice-password"), new("user[remember_me]", "1")]));

        reply.Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task PlexConnect_signs_in_for_xml_and_reads_elements()
    {
        var reply = await SendAsync("/users/sign_in.xml", Basic("alice", "alice-password"));

        var user = XDocument.Parse(reply.Body).Root.ShouldNotBeNull();
        user.Element("username")!.Value.ShouldBe("alice");
        await ShouldOpenAsync(user.Element("authentication-token")!.Value);
    }

    [Fact]
    public async Task Kodi_renews_with_an_empty_form_and_its_token_and_reads_attributes()
    {
        var reply = await server.SendAsync(HttpMethod.Post, "/users/sign_in.xml", PlexAuthPersona.Alice.Token, Television, new FormUrlEncodedContent([]));

        reply.Status.ShouldBe(HttpStatusCode.Created);
        var user = XDocument.Parse(reply.Body).Root.ShouldNotBeNull();
        user.Attribute("authenticationToken")!.Value.ShouldBe(PlexAuthPersona.Alice.Token);
        user.Element("subscription")!.Attribute("active")!.Value.ShouldBe("1");
        user.Element("subscription")!.Elements("feature").ShouldNotBeEmpty();
        foreach (var name in (string[])["id", "restricted", "secure", "queueEmail", "home", "homeSize"])
            user.Attribute(name).ShouldNotBeNull(name);
        user.Attribute("pin").ShouldBeNull();
    }

    [Fact]
    public async Task Kodi_is_signed_out_by_a_client_error_when_its_token_is_dead()
    {
        var reply = await server.SendAsync(HttpMethod.Post, "/users/sign_in.xml", "dead-token-0000000001", Television, new FormUrlEncodedContent([]));

        reply.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        XDocument.Parse(reply.Body).Root!.Element("error")!.Value.ShouldBe("Invalid token");
    }

    [Fact]
    public async Task Tautulli_and_kodi_read_the_account_as_xml()
    {
        var reply = await server.GetAsync("/users/account", PlexAuthPersona.Bob.Token, Television);

        reply.Status.ShouldBe(HttpStatusCode.OK);
        reply.ContentType.ShouldBe("application/xml; charset=utf-8");
        var user = XDocument.Parse(reply.Body).Root.ShouldNotBeNull();
        user.Name.LocalName.ShouldBe("user");
        user.Attribute("authToken")!.Value.ShouldBe(PlexAuthPersona.Bob.Token);
        foreach (var name in (string[])["id", "username", "title", "thumb", "email", "home", "restricted"])
            user.Attribute(name).ShouldNotBeNull(name);
        user.Element("profile_settings")!.Attribute("auto_select_audio")!.Value.ShouldBe("1");
    }

    [Fact]
    public async Task Seerr_and_Maintainerr_read_the_account_as_json()
    {
        var reply = await server.GetAsync("/users/account.json", PlexAuthPersona.Bob.Token, [("Accept", "application/json")]);

        reply.Status.ShouldBe(HttpStatusCode.OK);
        var user = User(reply);
        user.GetProperty("id").GetInt32().ShouldBePositive();
        foreach (var name in (string[])["uuid", "email", "joined_at", "username", "title", "thumb", "hasPassword", "authToken", "subscription", "roles", "entitlements"])
            user.TryGetProperty(name, out _).ShouldBeTrue(name);
    }

    [Theory]
    [InlineData("/users/account.json", "{\"error\":\"Invalid token\"}")]
    [InlineData("/users/account", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<errors><error>Invalid token</error></errors>")]
    public async Task A_bad_token_is_422_here_by_which_clients_tell_it_from_an_outage(string path, string body)
    {
        var reply = await server.GetAsync(path, "dead-token-0000000001", Television);

        reply.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        reply.Body.ShouldBe(body);
        (await server.GetAsync(path, token: null, Television)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("POST", "application/json", "{\"user\":", HttpStatusCode.BadRequest)]
    [InlineData("POST", "application/json", "[1,2]", HttpStatusCode.BadRequest)]
    [InlineData("POST", "application/x-www-form-urlencoded", "login=a&login=b", HttpStatusCode.BadRequest)]
    [InlineData("POST", "text/plain", "alice", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("PATCH", null, "", HttpStatusCode.MethodNotAllowed)]
    public async Task Everything_is_refused_here_in_the_old_way(string verb, string? contentType, string body, HttpStatusCode expected)
    {
        foreach (var (suffix, start) in ((string, string)[])[(".json", "{\"error\":"), (".xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<errors><error>")])
        {
            using var content = new StringContent(body);
            content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

            var reply = await server.SendAsync(new HttpMethod(verb), "/users/sign_in" + suffix, PlexAuthPersona.Bob.Token, Television, content);

            reply.Status.ShouldBe(expected);
            reply.Body.ShouldStartWith(start);
        }
    }

    [Fact, Requirement("T15")]
    public async Task A_transient_token_reads_no_account_here()
    {
        var delegation = await server.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", PlexAuthPersona.Alice.Token);
        var transient = JsonElement.Parse(delegation.Body).GetProperty("MediaContainer").GetProperty("token").GetString();

        (await server.GetAsync("/users/account", transient, Television)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await server.SendAsync(HttpMethod.Post, "/users/sign_in.xml", transient, Television, new FormUrlEncodedContent([]))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_wrong_password_is_401_with_a_sentence()
    {
        var reply = await SendAsync("/users/sign_in.json", Basic("dave", "wrong"));

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
        JsonElement.Parse(reply.Body).GetProperty("error").GetString().ShouldBe("User could not be authenticated");
    }

    [Fact]
    public async Task The_second_factor_is_asked_for_and_taken_from_the_end_of_the_password()
    {
        var missing = await SendAsync("/users/sign_in.json", Basic("carol", "carol-password"));
        missing.Body.ShouldContain("verification code");
        var code = Totp.Compute(Base32.Decode(PlexAuthPersona.Carol.TotpSecret!), DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);

        (await SendAsync("/users/sign_in.json", Basic("carol", "carol-password" + code))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWxpY2U=")]
    [InlineData("Basic YWxpY2U6//4=")]
    public async Task A_malformed_authorization_header_is_400(string header)
    {
        var reply = await server.SendAsync(HttpMethod.Post, "/users/sign_in.json", headers: [.. Television, ("Authorization", header)]);

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Sign_in_needs_a_client_identifier()
    {
        var reply = await server.SendAsync(HttpMethod.Post, "/users/sign_in.json", headers: [("Authorization", Basic("alice", "alice-password").ToString())]);

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Body.ShouldBe("{\"error\":\"X-Plex-Client-Identifier is missing\"}");
    }

    private static AuthenticationHeaderValue Basic(string login, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}")));

    private static JsonElement User(Reply reply) => JsonElement.Parse(reply.Body).GetProperty("user");

    private Task<Reply> SendAsync(string path, AuthenticationHeaderValue authorization, string? accept = null) =>
        server.SendAsync(HttpMethod.Post, path, headers: [.. Television, ("Authorization", authorization.ToString()), .. accept is null ? [] : new[] { ("Accept", accept) }]);

    private async Task ShouldOpenAsync(string? token) => (await server.GetAsync("/api/v2/user", token)).Status.ShouldBe(HttpStatusCode.OK);
}
