using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace PlexAuth.Server.Tests.Devices;

/// <summary>Devices on the wire: who sees what, and when a removed one is out.</summary>
[Requirement("RT4")]
public class DeviceRemovalTests
{
    [Fact, Requirement("T17"), Requirement("RZ3")]
    public async Task A_caller_sees_the_devices_of_their_account_and_the_token_of_their_own_alone()
    {
        await using var server = await HostedServer.StartAsync();
        var phone = await SignInAsync(server, "alice", "phone");
        var tv = await SignInAsync(server, "alice", "tv");
        await SignInAsync(server, "bob", "bobs-tv");

        var xml = XDocument.Parse((await server.GetAsync("/devices.xml", phone)).Body).Root.ShouldNotBeNull();
        xml.Name.LocalName.ShouldBe("MediaContainer");
        var devices = xml.Elements("Device").ToDictionary(device => device.Attribute("clientIdentifier")!.Value, device => device.Attribute("token")!.Value);
        devices.Keys.ShouldContain("tv");
        devices.Keys.ShouldNotContain("bobs-tv");
        devices["phone"].ShouldBe(phone);
        devices["tv"].ShouldBe("");
        xml.Element("Device")!.Attributes().Select(attribute => attribute.Name.LocalName).ShouldBe(
            ["name", "publicAddress", "product", "productVersion", "platform", "platformVersion", "device", "model", "vendor", "provides", "clientIdentifier", "version", "id", "token",
                "createdAt", "lastSeenAt", "screenResolution", "screenDensity"]);

        var json = JsonElement.Parse((await server.GetAsync("/api/v2/devices", tv)).Body);
        json.EnumerateArray().Single(device => device.GetProperty("clientIdentifier").GetString() == "tv").GetProperty("token").GetString().ShouldBe(tv);
        json.GetRawText().ShouldNotContain(phone);
    }

    [Theory, Requirement("RT3"), Requirement("T16")]
    [InlineData("/devices/{0}.xml")]
    [InlineData("/devices/{0}")]
    [InlineData("/api/v2/devices/{0}")]
    public async Task A_removed_device_and_its_transient_tokens_are_refused_from_the_answer_on(string path)
    {
        await using var server = await HostedServer.StartAsync();
        var (phone, tv) = (await SignInAsync(server, "alice", "phone"), await SignInAsync(server, "alice", "tv"));
        var delegation = await server.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", tv);
        var transient = JsonElement.Parse(delegation.Body).GetProperty("MediaContainer").GetProperty("token").GetString();
        (await server.GetAsync("/", transient)).Status.ShouldBe(HttpStatusCode.OK);

        var removal = await server.SendAsync(HttpMethod.Delete, string.Format(path, await IdAsync(server, phone, "tv")), phone);

        removal.Status.ShouldBe(HttpStatusCode.NoContent);
        (await server.GetAsync("/api/v2/user", tv)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/", transient)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/api/v2/user", phone)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Requirement("T18"), Requirement("RZ2")]
    public async Task Another_accounts_device_is_as_unknown_as_one_that_never_was()
    {
        await using var server = await HostedServer.StartAsync();
        var (alice, bob) = (await SignInAsync(server, "alice", "phone"), await SignInAsync(server, "bob", "tv"));
        var id = await IdAsync(server, bob, "tv");

        var foreign = await server.SendAsync(HttpMethod.Delete, $"/api/v2/devices/{id}", alice);
        var unknown = await server.SendAsync(HttpMethod.Delete, "/api/v2/devices/123456789", alice);

        foreign.Status.ShouldBe(HttpStatusCode.NotFound);
        foreign.Body.ShouldBe(unknown.Body);
        (await server.GetAsync("/api/v2/user", bob)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Requirement("RT3")]
    public async Task Removing_all_others_leaves_the_caller_and_other_accounts_signed_in()
    {
        await using var server = await HostedServer.StartAsync();
        var (phone, tv, bob) = (await SignInAsync(server, "alice", "phone"), await SignInAsync(server, "alice", "tv"), await SignInAsync(server, "bob", "tv"));

        (await server.SendAsync(HttpMethod.Delete, "/api/v2/devices", phone)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.GetAsync("/api/v2/user", tv)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/api/v2/user", PlexAuthPersona.Alice.Token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/api/v2/user", phone)).Status.ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync("/api/v2/user", bob)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Requirement("RT7")]
    public async Task An_account_has_two_hundred_devices_at_most_and_the_oldest_stays()
    {
        await using var host = await Data.RulesHost.StartWithPersonasAsync();
        var first = await host.SignInAsync("bob", "bob-password", client: "device-0");
        for (var i = 1; i < 199; i++)
            await host.SignInAsync("bob", "bob-password", client: $"device-{i}");

        (await host.TrySignInAsync("bob", "bob-password", client: "one-too-many")).ShouldBe(new PlexAuth.Server.Accounts.SignInResult.Refused(new PlexErrorCode(1008)));

        (await host.ValidateAsync(first)).ShouldNotBeNull();
        await host.SignInAsync("bob", "bob-password", client: "device-5");
    }

    private static async Task<string> SignInAsync(HostedServer server, string name, string client)
    {
        var reply = await server.SendAsync(
            HttpMethod.Post, "/api/v2/users/signin", headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", client)],
            content: new FormUrlEncodedContent([new("login", name), new("password", $"{name}-password")]));
        return JsonElement.Parse(reply.Body).GetProperty("authToken").GetString()!;
    }

    private static async Task<long> IdAsync(HostedServer server, string token, string client) => JsonElement.Parse((await server.GetAsync("/api/v2/devices", token)).Body)
        .EnumerateArray().Single(device => device.GetProperty("clientIdentifier").GetString() == client).GetProperty("id").GetInt64();
}
