using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tests.Devices;

namespace PlexAuth.Server.Tests.Sharing;

public class SharingTests
{
    private const string Alice = "alice-dev-token-0001";
    private const string Bob = "bob-dev-token-000001";
    private const string Dave = "dave-dev-token-00001";
    private const string LivingRoom = "0123456789abcdef0123456789abcdef01234567";
    private const string Shared = $"/api/servers/{LivingRoom}/shared_servers";

    [Fact]
    public async Task Friends_are_xml_whatever_is_accepted_and_json_for_a_generated_sdk()
    {
        await using var server = await HostedServer.StartAsync();

        var users = XElement.Parse((await server.GetAsync("/api/users", Alice)).Body).Elements("User").ToList();
        users.Select(user => user.Attribute("title")!.Value).ShouldBe(["bob", "erin", "frank"]);
        users[0].Element("Server")!.Attribute("machineIdentifier")!.Value.ShouldBe(LivingRoom);
        users[1].Attribute("username").ShouldBeNull("erin has no sign-in");

        (string, string)[] sdk = [("Accept", "application/json"), ("User-Agent", "speakeasy-sdk/typescript 0.43.0 2.753.1 1.1.1 @lukehagar/plexjs"), ("accepts", "application/xml")];
        var bob = JsonElement.Parse((await server.GetAsync("/api/users", Alice, sdk)).Body).GetProperty("MediaContainer").GetProperty("User")[0];
        (bob.GetProperty("email").GetString(), bob.GetProperty("home").GetInt32(), bob.GetProperty("Server")[0].GetProperty("allLibraries").GetInt32()).ShouldBe(("bob@example.com", 0, 1));
    }

    [Fact]
    public async Task Friends_of_version_2_tell_both_directions()
    {
        await using var server = await HostedServer.StartAsync();

        var bob = JsonElement.Parse((await server.GetAsync("/api/v2/friends", Alice)).Body)[0];

        (bob.GetProperty("username").GetString(), bob.GetProperty("status").GetString()).ShouldBe(("bob", "accepted"));
        (bob.GetProperty("sharedServers").GetArrayLength(), bob.GetProperty("sharedSources").GetArrayLength()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_shared_server_opens_and_closes_again_with_every_token_for_it()
    {
        await using var server = await HostedServer.StartAsync();
        using var invitation = JsonContent.Create(new { server_id = LivingRoom, shared_server = new { library_section_ids = Array.Empty<int>(), invited_email = "dave@example.com" } });

        (await server.SendAsync(HttpMethod.Post, Shared, Alice, content: invitation)).Status.ShouldBe(HttpStatusCode.Created);
        var token = JsonElement.Parse((await server.GetAsync("/api/v2/resources", Dave)).Body)[0].GetProperty("accessToken").GetString();
        (await server.GetAsync("/", token)).Status.ShouldBe(HttpStatusCode.OK);
        (await server.SendAsync(HttpMethod.Delete, $"{Shared}/4", Alice)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.GetAsync("/", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/", Dave)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.GetAsync("/api/v2/resources", Dave)).Body.ShouldBe("[]");
    }

    [Fact]
    public async Task The_owner_alone_sees_with_whom_a_server_is_shared_and_tokens_good_for_it_alone()
    {
        await using var server = await HostedServer.StartAsync();

        var shared = XElement.Parse((await server.GetAsync(Shared, Alice)).Body).Elements("SharedServer").ToList();

        shared.Select(one => one.Attribute("userID")!.Value).ShouldBe(["2", "5", "6"]);
        var token = shared[0].Attribute("accessToken")!.Value;
        (await server.GetAsync("/", token)).Status.ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync("/api/v2/user", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var other in (string[])[Bob, Dave, "erin-dev-token-00001"])
            (await server.GetAsync(Shared, other)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_friend_with_all_the_devices_they_may_have_is_listed_without_a_token()
    {
        await using var server = await HostedServer.StartAsync();
        await FullAccount.FillAsync(server.App.Services.GetRequiredService<Database>(), accountId: 2);

        var shared = XElement.Parse((await server.GetAsync(Shared, Alice)).Body).Elements("SharedServer").ToList();

        shared.Select(one => one.Attribute("accessToken")?.Value is { Length: > 0 }).ShouldBe([false, true, true]);
    }

    [Fact]
    public async Task Nobody_shares_or_takes_back_a_server_that_is_not_theirs()
    {
        await using var server = await HostedServer.StartAsync();

        (await server.SendAsync(HttpMethod.Post, $"{Shared}?invited_email=dave@example.com", Bob)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.SendAsync(HttpMethod.Delete, $"{Shared}/6", Bob)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.SendAsync(HttpMethod.Delete, $"{Shared}/2", Bob)).Status.ShouldBe(HttpStatusCode.NotFound);

        (await server.GetAsync("/", Bob)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_is_invited_by_name_keeps_their_address_to_themselves()
    {
        await using var server = await HostedServer.StartAsync();

        await server.SendAsync(HttpMethod.Post, $"{Shared}?invited_email=dave", Alice);

        (await server.GetAsync("/api/users", Alice)).Body.ShouldNotContain("dave@example.com");
    }

    [Fact]
    public async Task Friends_part_in_both_directions()
    {
        await using var server = await HostedServer.StartAsync();

        (await server.SendAsync(HttpMethod.Delete, "/api/friends/1", Bob)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.GetAsync("/", Bob)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.GetAsync("/api/v2/friends", Bob)).Body.ShouldBe("[]");
        (await server.SendAsync(HttpMethod.Delete, "/api/friends/1", Dave)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Looking_for_logins_by_inviting_them_ends_soon()
    {
        await using var server = await HostedServer.StartAsync();

        for (var i = 0; i < 20; i++)
            (await server.SendAsync(HttpMethod.Post, $"{Shared}?invited_email=nobody{i}", Alice)).Status.ShouldBe(HttpStatusCode.NotFound);

        (await server.SendAsync(HttpMethod.Post, $"{Shared}?invited_email=dave", Alice)).Status.ShouldBe((HttpStatusCode)429);
    }
}
