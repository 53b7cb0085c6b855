using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Home;

public class HomeTests
{
    private const string Alice = "alice-dev-token-0001";
    private const string Erin = "erin-dev-token-00001";
    private const string Frank = "frank-dev-token-0001";
    private const int ErinsId = 5;

    private static readonly string[] UserFields =
    [
        "id", "uuid", "title", "username", "email", "friendlyName", "thumb", "hasPassword", "restricted", "updatedAt", "restrictionProfile", "admin", "guest", "protected",
    ];

    [Fact]
    public async Task A_home_lists_its_members_and_nobodys_token()
    {
        await using var server = await HostedServer.StartAsync();

        var reply = await server.GetAsync("/api/v2/home/users", Erin);

        var users = JsonElement.Parse(reply.Body).GetProperty("users").EnumerateArray().ToList();
        users.Select(user => (user.GetProperty("title").GetString(), user.GetProperty("admin").GetBoolean(), user.GetProperty("protected").GetBoolean()))
            .ShouldBe([("alice", true, false), ("erin", false, true), ("frank", false, true)]);
        users[1].EnumerateObject().Select(member => member.Name).ShouldBe(UserFields);
        (users[1].GetProperty("username").ValueKind, users[1].GetProperty("restrictionProfile").GetString()).ShouldBe((JsonValueKind.Null, "little_kid"));
        reply.Body.ShouldNotContain("token", Case.Insensitive);
    }

    [Fact]
    public async Task The_older_list_has_a_size_and_flags_as_digits()
    {
        await using var server = await HostedServer.StartAsync();

        var container = XElement.Parse((await server.GetAsync("/api/home/users", Frank)).Body);

        container.Attribute("size")!.Value.ShouldBe("3");
        container.Elements("User").Select(user => (user.Attribute("id")!.Value, user.Attribute("admin")!.Value, user.Attribute("restricted")!.Value, user.Attribute("protected")!.Value))
            .ShouldBe([("1", "1", "0", "0"), ("5", "0", "1", "1"), ("6", "0", "0", "1")]);
    }

    [Fact]
    public async Task Who_has_no_home_is_alone_in_one()
    {
        await using var server = await HostedServer.StartAsync();

        var home = JsonElement.Parse((await server.GetAsync("/api/v2/home/users", "dave-dev-token-00001")).Body);

        (home.GetProperty("id").GetInt32(), home.GetProperty("users").GetArrayLength()).ShouldBe((0, 1));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("form")]
    [InlineData("json")]
    public async Task A_pin_is_taken_from_query_form_and_json(string place)
    {
        await using var server = await HostedServer.StartAsync();
        using HttpContent? body = place switch
        {
            "form" => new FormUrlEncodedContent([new("pin", "1234")]),
            "json" => JsonContent.Create(new { pin = "1234" }),
            _ => null,
        };

        var reply = await server.SendAsync(HttpMethod.Post, $"/api/v2/home/users/{ErinsId}/switch{(place == "query" ? "?pin=1234" : "")}", Alice, content: body);

        reply.Status.ShouldBe(HttpStatusCode.Created);
        var account = JsonElement.Parse(reply.Body);
        account.GetProperty("title").GetString().ShouldBe("erin");
        (await server.GetAsync("/api/v2/user", account.GetProperty("authToken").GetString())).Body.ShouldContain("\"restricted\":true");
    }

    [Fact]
    public async Task A_member_is_found_by_uuid_and_the_older_answer_has_the_token_under_its_older_name()
    {
        await using var server = await HostedServer.StartAsync();
        var uuid = JsonElement.Parse((await server.GetAsync("/api/v2/user", Erin)).Body).GetProperty("uuid").GetString();

        var reply = await server.SendAsync(HttpMethod.Post, $"/api/home/users/{uuid}/switch?pin=1234", Alice);

        reply.Status.ShouldBe(HttpStatusCode.OK);
        var user = XElement.Parse(reply.Body);
        user.Attribute("title")!.Value.ShouldBe("erin");
        (await server.GetAsync("/api/v2/user", user.Attribute("authenticationToken")!.Value)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?pin=")]
    [InlineData("?pin=9999")]
    [InlineData("?pin=12345")]
    public async Task A_wrong_or_missing_pin_is_1041(string query)
    {
        await using var server = await HostedServer.StartAsync();

        var reply = await server.SendAsync(HttpMethod.Post, $"/api/v2/home/users/{ErinsId}/switch{query}", Alice);

        reply.Status.ShouldBe(HttpStatusCode.Forbidden);
        reply.Body.ShouldContain("\"code\":1041");
    }

    [Fact, Requirement("T30")]
    public async Task After_five_wrong_pins_even_the_right_one_waits()
    {
        var clock = new FakeTimeProvider();
        await using var server = await HostedServer.StartAsync(services: services => services.Add(new(typeof(TimeProvider), clock)));
        for (var i = 0; i < 5; i++)
            (await SwitchAsync(server, "0000")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var refused = await SwitchAsync(server, "1234");
        (refused.Status, refused.Headers["Retry-After"]).ShouldBe(((HttpStatusCode)429, "900"));
        clock.Advance(TimeSpan.FromMinutes(15));
        (await SwitchAsync(server, "1234")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Whoever_tries_all_day_makes_at_most_twenty_tries()
    {
        var clock = new FakeTimeProvider();
        await using var server = await HostedServer.StartAsync(services: services => services.Add(new(typeof(TimeProvider), clock)));
        var (tries, end) = (0, clock.GetUtcNow() + TimeSpan.FromHours(24));
        for (var pin = 0; clock.GetUtcNow() < end;)
        {
            var reply = await SwitchAsync(server, pin.ToString("0000", System.Globalization.CultureInfo.InvariantCulture));
            if (reply.Status == (HttpStatusCode)429)
            {
                clock.Advance(TimeSpan.FromSeconds(int.Parse(reply.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture)));
                continue;
            }

            (tries, pin) = (tries + 1, pin + 1);
        }

        tries.ShouldBeInRange(5, 20);
    }

    [Fact]
    public async Task A_pin_is_set_changed_and_removed_by_whoever_knows_it()
    {
        await using var server = await HostedServer.StartAsync();

        (await PutAsync(server, Frank, "6?pin=1111&currentPin=0000")).ShouldBe(HttpStatusCode.Unauthorized);
        (await PutAsync(server, Frank, "6?pin=11a1&currentPin=4321")).ShouldBe(HttpStatusCode.BadRequest);
        (await PutAsync(server, Frank, "6?pin=1111&currentPin=4321")).ShouldBe(HttpStatusCode.NoContent);
        (await server.SendAsync(HttpMethod.Post, "/api/v2/home/users/6/switch?pin=1111", Alice)).Status.ShouldBe(HttpStatusCode.Created);
        (await PutAsync(server, Frank, "6?pin=&currentPin=1111")).ShouldBe(HttpStatusCode.NoContent);
        (await server.SendAsync(HttpMethod.Post, "/api/v2/home/users/6/switch", Alice)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_admin_sets_and_removes_a_childs_pin_without_knowing_it()
    {
        await using var server = await HostedServer.StartAsync();

        (await server.SendAsync(HttpMethod.Post, $"/api/v2/home/users/restricted/{ErinsId}?pin=7777", Alice)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SwitchAsync(server, "1234")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SwitchAsync(server, "7777")).Status.ShouldBe(HttpStatusCode.Created);
        (await server.SendAsync(HttpMethod.Post, $"/api/v2/home/users/restricted/{ErinsId}?removePin=1", Alice)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await SwitchAsync(server, "")).Status.ShouldBe(HttpStatusCode.Created);
        (await server.SendAsync(HttpMethod.Post, "/api/v2/home/users/restricted/6?pin=7777", Alice)).Status.ShouldBe(HttpStatusCode.NotFound, "frank is grown up");
    }

    [Fact]
    public async Task A_managed_user_comes_and_goes_with_every_token()
    {
        await using var server = await HostedServer.StartAsync();
        var created = await server.SendAsync(HttpMethod.Post, "/api/home/users?title=Ivan", Alice);
        var id = XElement.Parse(created.Body).Attribute("id")!.Value;
        var switched = await server.SendAsync(HttpMethod.Post, $"/api/v2/home/users/{id}/switch", Alice);
        var token = JsonElement.Parse(switched.Body).GetProperty("authToken").GetString();

        (await server.SendAsync(HttpMethod.Delete, $"/api/home/users/{id}", Alice)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.GetAsync("/api/v2/user", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.SendAsync(HttpMethod.Post, $"/api/v2/home/users/{id}/switch", Alice)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_first_managed_user_makes_the_home()
    {
        await using var server = await HostedServer.StartAsync();

        (await server.SendAsync(HttpMethod.Post, "/api/home/users?title=Judy", "dave-dev-token-00001")).Status.ShouldBe(HttpStatusCode.Created);

        var home = JsonElement.Parse((await server.GetAsync("/api/v2/home/users", "dave-dev-token-00001")).Body);
        home.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("title").GetString()).ShouldBe(["dave", "Judy"]);
    }

    [Fact]
    public async Task A_grown_up_leaves_and_is_nobodys_to_switch_to()
    {
        await using var server = await HostedServer.StartAsync();

        (await server.SendAsync(HttpMethod.Delete, "/api/v2/home/users/6", Frank)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.SendAsync(HttpMethod.Post, "/api/v2/home/users/6/switch?pin=4321", Alice)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.GetAsync("/api/v2/user", Frank)).Body.ShouldContain("\"home\":false");
    }

    private static Task<Reply> SwitchAsync(HostedServer server, string pin) => server.SendAsync(HttpMethod.Post, $"/api/v2/home/users/{ErinsId}/switch?pin={pin}", Alice);

    private static async Task<HttpStatusCode> PutAsync(HostedServer server, string token, string path) => (await server.SendAsync(HttpMethod.Put, "/api/home/users/" + path, token)).Status;
}
