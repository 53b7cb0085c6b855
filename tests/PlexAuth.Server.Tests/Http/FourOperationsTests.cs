using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace PlexAuth.Server.Tests.Http;

public class FourOperationsTests(HostedServer server) : IClassFixture<HostedServer>
{
    private const string Alice = "alice-dev-token-0001";

    private static readonly (string, string)[] Xml = [("Accept", "*/*"), ("X-Plex-Client-Identifier", "test-client")];

    [Fact]
    public async Task The_main_job_works_from_sign_in_to_sign_out()
    {
        var signIn = await server.SendAsync(HttpMethod.Post, "/api/v2/users/signin", content: Form(("login", "alice"), ("password", "alice-password")));
        signIn.Status.ShouldBe(HttpStatusCode.Created, signIn.Body);
        var token = Json(signIn).GetProperty("authToken").GetString().ShouldNotBeNull();

        var user = await server.GetAsync("/api/v2/user", token);
        user.Status.ShouldBe(HttpStatusCode.OK, user.Body);
        Json(user).GetProperty("email").GetString().ShouldBe("alice@example.com");
        Json(user).GetProperty("authToken").GetString().ShouldBe(token);

        var minted = await server.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", token);
        minted.Status.ShouldBe(HttpStatusCode.OK, minted.Body);
        var transient = Json(minted).GetProperty("MediaContainer").GetProperty("token").GetString().ShouldNotBeNull();
        (await server.GetAsync("/", transient)).Status.ShouldBe(HttpStatusCode.OK);

        var source = await server.GetAsync("/security/resources?source=server://0123456789abcdef0123456789abcdef01234567&refresh=0", transient);
        source.Status.ShouldBe(HttpStatusCode.OK, source.Body);
        Json(source).GetProperty("MediaContainer").GetProperty("Device").GetProperty("name").GetString().ShouldBe("Living Room");

        (await server.SendAsync(HttpMethod.Delete, "/api/v2/users/signout", token)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await server.GetAsync("/api/v2/user", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/", transient)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_same_job_works_in_XML()
    {
        var signIn = await server.SendAsync(HttpMethod.Post, "/api/v2/users/signin", headers: Xml, content: Form(("login", "bob@example.com"), ("password", "bob-password"), ("rememberMe", "True")));
        signIn.Status.ShouldBe(HttpStatusCode.Created, signIn.Body);
        signIn.ContentType.ShouldBe("application/xml; charset=utf-8");
        var token = Root(signIn).Attribute("authToken").ShouldNotBeNull().Value;

        Root(await server.GetAsync("/api/v2/user", token, Xml)).Attribute("username")!.Value.ShouldBe("bob");
        var minted = Root(await server.GetAsync("/security/token?type=delegation&scope=all", token, Xml));
        minted.Name.LocalName.ShouldBe("MediaContainer");
        minted.Attribute("token")!.Value.ShouldStartWith("transient-");
        Root(await server.GetAsync("/identity", headers: Xml)).Attribute("claimed")!.Value.ShouldBe("1");
        Root(await server.GetAsync("/api/v2/ping", token, Xml)).Value.ShouldBe("true");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    public async Task A_transient_token_comes_on_every_verb(string verb)
    {
        var reply = await server.SendAsync(new HttpMethod(verb), "/security/token?type=delegation&scope=all", Alice);

        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        Json(reply).GetProperty("MediaContainer").GetProperty("token").GetString().ShouldStartWith("transient-");
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static JsonElement Json(Reply reply) => JsonElement.Parse(reply.Body);

    private static XElement Root(Reply reply) => XDocument.Parse(reply.Body).Root!;
}
