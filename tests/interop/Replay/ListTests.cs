using System.Text.Json;
using System.Xml.Linq;

namespace PlexAuth.Interop.Tests.Replay;

/// <summary>Lists of servers and people: JSON for generated SDKs, which know its every member; XML for request apps, which ask for JSON and read XML.</summary>
public sealed class ListTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string[] ResourceMembers =
    [
        "name", "product", "productVersion", "platform", "platformVersion", "device", "clientIdentifier", "createdAt", "lastSeenAt", "provides", "ownerId", "sourceTitle",
        "publicAddress", "accessToken", "owned", "home", "synced", "relay", "presence", "httpsRequired", "publicAddressMatches", "dnsRebindingProtection", "natLoopbackSupported",
        "connections",
    ];

    private static readonly string[] NumbersOfUser = ["id", "protected", "home", "allowTuners", "allowSync", "allowCameraUpload", "allowChannels", "allowSubtitleAdmin", "restricted"];

    private static readonly string[] NumbersOfServer = ["id", "serverId", "lastSeenAt", "numLibraries", "allLibraries", "owned", "pending"];

    [Fact]
    public async Task A_generated_SDK_gets_every_member_of_a_resource()
    {
        var resources = (await SendAsync("plexgo-0.28-lists", "GetServerResources")).Json();

        var living = resources.EnumerateArray().Single(resource => resource.GetProperty("clientIdentifier").GetString() == Personas.LivingRoom);
        ResourceMembers.Where(member => !living.TryGetProperty(member, out _)).ShouldBeEmpty();
        living.GetProperty("accessToken").GetString().ShouldNotBeNullOrEmpty();
        foreach (var connection in living.GetProperty("connections").EnumerateArray())
        {
            (connection.GetProperty("port").GetInt32() > 0, connection.GetProperty("uri").GetString()!.Length > 0).ShouldBe((true, true));
            foreach (var flag in (string[])["local", "relay", "IPv6"])
                connection.GetProperty(flag).ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
        }
    }

    [Fact]
    public async Task A_generated_SDK_gets_friends_with_integers_for_flags()
    {
        var container = (await SendAsync("plexgo-0.28-lists", "GetUsers")).Json().GetProperty("MediaContainer");

        foreach (var text in (string[])["friendlyName", "identifier", "machineIdentifier"])
            container.GetProperty(text).ValueKind.ShouldBe(JsonValueKind.String, text);
        (container.GetProperty("size").GetInt32(), container.GetProperty("totalSize").GetInt32()).ShouldBe((container.GetProperty("User").GetArrayLength(), container.GetProperty("User").GetArrayLength()));
        var bob = container.GetProperty("User").EnumerateArray().Single(user => user.GetProperty("username").GetString() == "bob");
        foreach (var number in NumbersOfUser)
            bob.GetProperty(number).TryGetInt64(out _).ShouldBeTrue(number);
        var shared = bob.GetProperty("Server").EnumerateArray().ShouldHaveSingleItem();
        foreach (var number in NumbersOfServer)
            shared.GetProperty(number).TryGetInt64(out _).ShouldBeTrue(number);
        shared.GetProperty("machineIdentifier").GetString().ShouldBe(Personas.LivingRoom);
    }

    [Fact]
    public async Task A_request_app_that_asks_for_JSON_reads_servers_as_XML()
    {
        var devices = XDocument.Parse((await SendXmlAsync("GetDevices")).Body).Root!.Elements("Device").ToList();

        var living = devices.Single(device => (string?)device.Attribute("clientIdentifier") == Personas.LivingRoom);
        ((string?)living.Attribute("owned"), (string?)living.Attribute("presence")).ShouldBe(("1", "1"));
        ((string)living.Attribute("provides")!).Split(',').ShouldContain("server");
        ((long)living.Attribute("createdAt")!).ShouldBeGreaterThan(0);
        living.Elements("Connection").ShouldAllBe(connection => (string?)connection.Attribute("uri") != "" && (int)connection.Attribute("port")! > 0);
        var listed = XDocument.Parse((await SendXmlAsync("GetServers")).Body).Root!.Elements("Server").Single(one => (string?)one.Attribute("machineIdentifier") == Personas.LivingRoom);
        ((string?)listed.Attribute("accessToken")).ShouldBe((string?)living.Attribute("accessToken"));
    }

    [Fact]
    public async Task A_request_app_that_asks_for_JSON_reads_people_as_XML()
    {
        var bob = XDocument.Parse((await SendXmlAsync("GetUsers")).Body).Root!.Elements("User").Single(user => (string?)user.Attribute("username") == "bob");
        ((string?)bob.Element("Server")!.Attribute("machineIdentifier"), (string?)bob.Attribute("restricted")).ShouldBe((Personas.LivingRoom, "0"));

        var home = XDocument.Parse((await SendXmlAsync("GetHomeUsers")).Body).Root!;
        ((string?)home.Attribute("size")).ShouldBe("3");
        home.Elements("User").Select(user => ((string?)user.Attribute("title"), (string?)user.Attribute("restricted"), (string?)user.Attribute("protected")))
            .ShouldBe([("alice", "0", "0"), ("erin", "1", "1"), ("frank", "0", "1")]);
    }

    private async Task<RawAnswer> SendXmlAsync(string operation)
    {
        var answer = await SendAsync("seerr-2.7", operation);
        answer.ContentType.ShouldNotBeNull().ShouldEndWith("/xml");
        return answer;
    }

    private async Task<RawAnswer> SendAsync(string client, string operation)
    {
        var request = RecordedRequest.Load(client, operation).With("token", Personas.AliceToken).With("client", "plexauth-dev-alice");
        var answer = await RawHttp.SendAsync(server.Address, request, TestContext.Current.CancellationToken);
        answer.Status.ShouldBe(200, answer.Body);
        return answer;
    }
}
