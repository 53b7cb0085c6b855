using System.Net;
using System.Reflection;

namespace PlexAuth.Tests.Resources;

public sealed class ResourceListTests
{
    private const string Request = "GET /api/v2/resources?includeHttps=1&includeRelay=1&includeIPv6=1";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("resources/resources.json")]
    [InlineData("resources/resources.xml")]
    [InlineData("resources/resources-v1.xml")]
    public async Task Servers_and_players_are_read_alike_from_json_and_both_kinds_of_xml(string file)
    {
        var (server, player) = await ListAsync(Wire.Bytes(file)) is [var first, var second] ? (first, second) : throw new InvalidOperationException();

        (server.Name, server.Product, server.Platform, server.Device).ShouldBe(("Living Room", "Plex Media Server", "Linux", "Docker Container"));
        server.ClientIdentifier.ShouldBe("0123456789abcdef0123456789abcdef01234567");
        server.CreatedAt.ShouldBe(new DateTimeOffset(2024, 9, 5, 3, 15, 45, TimeSpan.Zero));
        (server.IsServer, server.OwnerId, server.SourceTitle, server.PublicAddress).ShouldBe((true, null, null, "203.0.113.4"));
        (server.Owned, server.Home, server.Synced, server.Relay, server.Presence).ShouldBe((true, true, false, true, true));
        (server.HttpsRequired, server.PublicAddressMatches, server.DnsRebindingProtection, server.NatLoopbackSupported).ShouldBe((false, true, false, true));
        server.AccessToken.ShouldBe(new PlexServerToken("server-token-0001"));
        server.AdditionalProperties.Keys.ShouldBe(["searchEnabled"]);
        server.Connections.Select(one => (one.Address, one.Port, one.Local, one.Relay, one.IPv6)).ShouldBe(
        [
            ("192.168.1.10", 32400, true, false, false), ("203.0.113.4", 32400, false, false, false),
            ("2001:db8::7", 32400, false, false, true), ("198.51.100.9", 8443, false, true, false),
        ]);

        (player.Name, player.IsServer, player.OwnerId, player.SourceTitle, player.AccessToken).ShouldBe(("Phone", false, 42, "bob", null));
        player.Provides.ShouldBe(["client", "player"]);
        player.Connections.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("<resources/>")]
    [InlineData("<MediaContainer size=\"0\"/>")]
    public async Task An_empty_list_is_a_list(string body) => (await ListAsync(body)).ShouldBeEmpty();

    [Fact]
    public async Task Values_of_unexpected_types_are_converted_or_passed_over()
    {
        var resource = (await ListAsync(
            """[{"name":7,"clientIdentifier":"m","provides":["server","new-role"],"owned":"1","ownerId":"9","accessToken":"","createdAt":null,"connections":{"address":"a","port":"32400","local":1},"x":{"y":1}}]""")).ShouldHaveSingleItem();

        (resource.Name, resource.Owned, resource.OwnerId, resource.AccessToken, resource.CreatedAt).ShouldBe(("7", true, 9, null, null));
        resource.Provides.ShouldBe(["server", "new-role"]);
        resource.Connections.ShouldHaveSingleItem().ShouldBe(new PlexConnection { Address = "a", Port = 32400, Local = true });
    }

    [Theory]
    [InlineData("<html><body>Sign in to the hotel</body></html>")]
    [InlineData("{\"message\":\"no\"}")]
    [InlineData("[{\"name\":\"half")]
    [InlineData("")]
    public async Task What_is_no_whole_list_is_no_answer(string body) => await Should.ThrowAsync<PlexProtocolException>(() => ListAsync(body));

    [Fact]
    public async Task Unknown_members_are_limited_for_the_whole_list()
    {
        var members = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"k{i}\":{i}"));

        var resources = await ListAsync($"[{string.Join(',', Enumerable.Repeat($$"""{"name":"a",{{members}}}""", 100))}]");

        resources.Count.ShouldBe(100);
        resources.Sum(resource => resource.AdditionalProperties.Count).ShouldBe(1000);
    }

    [Fact]
    public async Task A_resource_shows_no_token() => string.Join(' ', await ListAsync(Wire.Bytes("resources/resources.json"))).ShouldNotContain("server-token");

    [Fact]
    public void A_server_token_and_an_account_token_do_not_turn_into_each_other()
    {
        Type[] kinds = [typeof(PlexToken), typeof(PlexServerToken)];
        foreach (var kind in kinds)
        {
            var members = kind.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);
            members.ShouldNotContain(member => member.Name == "op_Implicit" || member.Name == "op_Explicit");
            members.OfType<MethodBase>().SelectMany(method => method.GetParameters()).ShouldNotContain(parameter => kinds.Contains(parameter.ParameterType) && parameter.ParameterType != kind);
        }
    }

    private static Task<IReadOnlyList<PlexResource>> ListAsync(string body) => ListAsync(System.Text.Encoding.UTF8.GetBytes(body));

    private static async Task<IReadOnlyList<PlexResource>> ListAsync(byte[] body)
    {
        using var plex = new PlexClient(new HttpClient(new StubHandler().On(Request, HttpStatusCode.OK, body)), Client.Options());
        return await plex.Resources.ListAsync(cancellationToken: Cancellation);
    }
}
