using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace PlexAuth.Server.Tests.Resources;

public class ResourceTests(HostedServer server) : IClassFixture<HostedServer>
{
    private const string Alice = "alice-dev-token-0001";
    private const string Bob = "bob-dev-token-000001";
    private const string LivingRoom = "0123456789abcdef0123456789abcdef01234567";
    private const string Attic = "89abcdef0123456789abcdef0123456789abcdef";

    private static readonly string[] Fields =
    [
        "name", "product", "productVersion", "platform", "platformVersion", "device", "clientIdentifier", "createdAt", "lastSeenAt", "provides", "ownerId", "sourceTitle",
        "publicAddress", "accessToken", "owned", "home", "synced", "relay", "presence", "httpsRequired", "publicAddressMatches", "dnsRebindingProtection",
        "natLoopbackSupported", "connections",
    ];

    [Fact]
    public async Task Everybody_is_told_the_servers_they_own_and_those_shared_with_them()
    {
        Describe(await ListAsync(Alice)).ShouldBe([(LivingRoom, true, false), (Attic, false, false)]);
        Describe(await ListAsync(Bob)).ShouldBe([(Attic, true, false), (LivingRoom, false, false)]);
        Describe(await ListAsync("frank-dev-token-0001")).ShouldBe([(LivingRoom, false, true)]);
        Describe(await ListAsync("dave-dev-token-00001")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Json_has_every_documented_field_in_an_array()
    {
        var owned = (await ListAsync(Alice))[0];

        owned.EnumerateObject().Select(member => member.Name).ShouldBe(Fields);
        owned.GetProperty("ownerId").ValueKind.ShouldBe(JsonValueKind.Null);
        owned.GetProperty("createdAt").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        owned.GetProperty("connections")[0].EnumerateObject().Select(member => member.Name).ShouldBe(["protocol", "address", "port", "uri", "local", "relay", "IPv6"]);
        (await ListAsync(Bob))[1].GetProperty("sourceTitle").GetString().ShouldBe("alice");
    }

    [Fact]
    public async Task Xml_has_the_same_in_lower_case_elements()
    {
        var resources = XElement.Parse((await server.GetAsync("/api/v2/resources.xml", Alice)).Body);

        resources.Name.LocalName.ShouldBe("resources");
        var resource = resources.Elements("resource").First();
        resource.Attributes().Select(attribute => attribute.Name.LocalName).ShouldBe(Fields[..^1]);
        (resource.Attribute("ownerId")!.Value, resource.Attribute("owned")!.Value).ShouldBe(("", "1"));
        resource.Element("connections")!.Element("connection")!.Attribute("uri")!.Value.ShouldBe(server.Address.GetLeftPart(UriPartial.Authority));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("?includeHttps=1", 2)]
    [InlineData("?includeHttps=1&includeRelay=1", 3)]
    [InlineData("?includeHttps=0&includeRelay=0&includeIPv6=1", 1)]
    public async Task Connections_are_listed_as_asked_for(string query, int expected) =>
        (await ListAsync(Alice, query))[1].GetProperty("connections").GetArrayLength().ShouldBe(expected);

    [Fact]
    public async Task An_argument_that_is_neither_0_nor_1_is_refused() =>
        (await server.GetAsync("/api/v2/resources?includeHttps=maybe", Alice)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task The_same_device_is_shown_the_same_token_again_and_another_device_another()
    {
        var (first, second) = (TokenOf(await ListAsync(Alice), LivingRoom), TokenOf(await ListAsync(Alice), LivingRoom));

        second.ShouldBe(first);
        TokenOf(await ListAsync(await SignInAsync("alice", "another-device")), LivingRoom).ShouldNotBe(first);
        TokenOf(await ListAsync(Alice), Attic).ShouldNotBe(first);
    }

    [Fact]
    public async Task Signing_out_ends_the_devices_server_tokens_and_a_later_sign_in_gets_others()
    {
        var device = await SignInAsync("bob", "passing-device");
        var access = TokenOf(await ListAsync(device), LivingRoom);
        (await server.GetAsync("/", access)).Status.ShouldBe(HttpStatusCode.OK);

        await server.SendAsync(HttpMethod.Delete, "/api/v2/users/signout", device);

        (await server.GetAsync("/", access)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        TokenOf(await ListAsync(await SignInAsync("bob", "passing-device")), LivingRoom).ShouldNotBe(access);
    }

    [Fact]
    public async Task A_token_for_one_server_lists_that_server_alone_and_shows_itself()
    {
        var token = TokenOf(await ListAsync(Bob), LivingRoom);

        var listed = await ListAsync(token);

        Describe(listed).ShouldBe([(LivingRoom, false, false)]);
        TokenOf(listed, LivingRoom).ShouldBe(token);
    }

    [Theory]
    [InlineData("/api/resources?includeHttps=1")]
    [InlineData("/pms/resources")]
    [InlineData("/resources")]
    public async Task Older_lists_are_xml_though_json_is_accepted(string path)
    {
        var container = XElement.Parse((await server.GetAsync(path, Bob)).Body);

        (container.Name.LocalName, container.Attribute("size")!.Value).ShouldBe(("MediaContainer", "2"));
        var shared = container.Elements("Device").Last();
        (shared.Attribute("owned")!.Value, shared.Attribute("provides")!.Value, shared.Attribute("ownerId")!.Value).ShouldBe(("0", "server", "1"));
        long.Parse(shared.Attribute("createdAt")!.Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(1_000_000_000);
        shared.Element("Connection")!.Attribute("protocol")!.Value.ShouldBe("http");
    }

    [Fact]
    public async Task Older_lists_are_json_where_the_path_says_so() =>
        JsonElement.Parse((await server.GetAsync("/api/resources.json", Bob)).Body).GetProperty("MediaContainer").GetProperty("Device").GetArrayLength().ShouldBe(2);

    [Fact]
    public async Task The_oldest_list_names_address_and_port_of_each_server()
    {
        var servers = XElement.Parse((await server.GetAsync("/pms/servers.xml", Alice)).Body).Elements("Server").ToList();

        servers.Select(one => one.Attribute("machineIdentifier")!.Value).ShouldBe([LivingRoom, Attic]);
        servers[0].Attribute("port")!.Value.ShouldBe(server.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static IEnumerable<(string?, bool, bool)> Describe(JsonElement[] resources) =>
        resources.Select(one => (one.GetProperty("clientIdentifier").GetString(), one.GetProperty("owned").GetBoolean(), one.GetProperty("home").GetBoolean()));

    private static string TokenOf(JsonElement[] resources, string machineIdentifier) =>
        resources.Single(one => one.GetProperty("clientIdentifier").GetString() == machineIdentifier).GetProperty("accessToken").GetString()!;

    private async Task<JsonElement[]> ListAsync(string token, string query = "") =>
        [.. JsonElement.Parse((await server.GetAsync("/api/v2/resources" + query, token)).Body).EnumerateArray()];

    private async Task<string> SignInAsync(string name, string device)
    {
        using var form = new FormUrlEncodedContent([new("login", name), new("password", name + "-password")]);
        var reply = await server.SendAsync(
            HttpMethod.Post, "/api/v2/users/signin", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", device)], content: form);
        return JsonElement.Parse(reply.Body).GetProperty("authToken").GetString()!;
    }
}
