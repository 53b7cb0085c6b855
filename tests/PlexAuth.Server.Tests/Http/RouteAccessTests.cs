using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Sessions;

namespace PlexAuth.Server.Tests.Http;

[Requirement("RZ1"), Requirement("T15")]
public sealed class RouteAccessTests(HostedServer server) : IClassFixture<HostedServer>
{
    /// <summary>What each kind of caller gets from each route that needs a token.</summary>
    public static readonly TheoryData<string, string, string, int> Matrix = new()
    {
        { "GET", "/api/v2/user", "owner", 200 },
        { "GET", "/api/v2/user", "member", 200 },
        { "GET", "/api/v2/user", "managed", 200 },
        { "GET", "/api/v2/user", "stranger", 200 },
        { "GET", "/api/v2/user", "owner's transient", 401 },
        { "GET", "/api/v2/user", "member's transient", 401 },
        { "GET", "/api/v2/ping", "member", 200 },
        { "GET", "/api/v2/ping", "owner's transient", 401 },
        { "DELETE", "/api/v2/users/signout", "owner's transient", 401 },
        { "GET", "/api/v2/user", "owner's server token", 401 },
        { "DELETE", "/api/v2/users/signout", "owner's server token", 401 },
        { "GET", "/api/v2/resources", "owner", 200 },
        { "GET", "/api/v2/resources", "member", 200 },
        { "GET", "/api/v2/resources", "managed", 200 },
        { "GET", "/api/v2/resources", "stranger", 200 },
        { "GET", "/api/v2/resources", "owner's transient", 401 },
        { "GET", "/api/v2/resources", "owner's server token", 200 },
        { "GET", "/api/resources", "member", 200 },
        { "GET", "/api/resources", "owner's transient", 401 },
        { "GET", "/api/resources", "owner's server token", 401 },
        { "GET", "/pms/resources", "owner's transient", 401 },
        { "GET", "/pms/resources", "owner's server token", 401 },
        { "GET", "/resources", "owner's transient", 401 },
        { "GET", "/resources", "owner's server token", 401 },
        { "GET", "/pms/servers.xml", "member", 200 },
        { "GET", "/pms/servers.xml", "owner's transient", 401 },
        { "GET", "/pms/servers.xml", "owner's server token", 401 },
        { "GET", "/api/v2/home", "member", 200 },
        { "GET", "/api/v2/home", "owner's transient", 401 },
        { "GET", "/api/v2/home", "owner's server token", 401 },
        { "GET", "/api/v2/home/users", "owner", 200 },
        { "GET", "/api/v2/home/users", "managed", 200 },
        { "GET", "/api/v2/home/users", "stranger", 200 },
        { "GET", "/api/v2/home/users", "owner's transient", 401 },
        { "GET", "/api/v2/home/users", "owner's server token", 401 },
        { "GET", "/api/home/users", "managed", 200 },
        { "GET", "/api/home/users", "owner's transient", 401 },
        { "GET", "/api/home/users", "owner's server token", 401 },
        { "POST", "/api/v2/home/users/1/switch", "owner", 201 },
        { "POST", "/api/v2/home/users/1/switch", "member", 404 },
        { "POST", "/api/v2/home/users/5/switch", "stranger", 404 },
        { "POST", "/api/v2/home/users/5/switch", "owner", 403 },
        { "POST", "/api/v2/home/users/1/switch", "owner's transient", 401 },
        { "POST", "/api/v2/home/users/1/switch", "owner's server token", 401 },
        { "POST", "/api/home/users/1/switch", "owner", 200 },
        { "POST", "/api/home/users/1/switch", "owner's transient", 401 },
        { "POST", "/api/home/users/1/switch", "owner's server token", 401 },
        { "POST", "/api/v2/home/users/restricted/5?pin=1", "owner", 400 },
        { "POST", "/api/v2/home/users/restricted/5?pin=1111", "member", 403 },
        { "POST", "/api/v2/home/users/restricted/5?pin=1111", "managed", 403 },
        { "POST", "/api/v2/home/users/restricted/5?pin=1111", "owner's transient", 401 },
        { "POST", "/api/v2/home/users/restricted/5?pin=1111", "owner's server token", 401 },
        { "POST", "/api/home/users?title=mallory", "managed", 403 },
        { "POST", "/api/home/users?title=mallory", "owner's transient", 401 },
        { "POST", "/api/home/users?title=mallory", "owner's server token", 401 },
        { "PUT", "/api/home/users/1?pin=1111", "member", 404 },
        { "PUT", "/api/home/users/1?pin=1111", "owner's transient", 401 },
        { "PUT", "/api/home/users/1?pin=1111", "owner's server token", 401 },
        { "DELETE", "/api/home/users/5", "member", 404 },
        { "DELETE", "/api/home/users/6", "managed", 403 },
        { "DELETE", "/api/home/users/1", "owner", 403 },
        { "DELETE", "/api/home/users/5", "owner's transient", 401 },
        { "DELETE", "/api/home/users/5", "owner's server token", 401 },
        { "DELETE", "/api/v2/home/users/5", "owner's transient", 401 },
        { "DELETE", "/api/v2/home/users/5", "owner's server token", 401 },
        { "GET", "/api/users", "owner", 200 },
        { "GET", "/api/users", "stranger", 200 },
        { "GET", "/api/users", "owner's transient", 401 },
        { "GET", "/api/users", "owner's server token", 401 },
        { "GET", "/api/v2/friends", "member", 200 },
        { "GET", "/api/v2/friends", "owner's transient", 401 },
        { "GET", "/api/v2/friends", "owner's server token", 401 },
        { "DELETE", "/api/friends/2", "stranger", 404 },
        { "DELETE", "/api/friends/2", "owner's transient", 401 },
        { "DELETE", "/api/friends/2", "owner's server token", 401 },
        { "GET", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers", "owner", 200 },
        { "GET", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers", "member", 404 },
        { "GET", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers", "managed", 404 },
        { "GET", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers", "owner's transient", 401 },
        { "GET", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers", "owner's server token", 401 },
        { "POST", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers?invited_email=dave", "member", 404 },
        { "POST", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers?invited_email=dave", "managed", 403 },
        { "POST", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers?invited_email=dave", "owner's transient", 401 },
        { "POST", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers?invited_email=dave", "owner's server token", 401 },
        { "DELETE", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers/2", "member", 404 },
        { "DELETE", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers/2", "owner's transient", 401 },
        { "DELETE", "/api/servers/0123456789abcdef0123456789abcdef01234567/shared_servers/2", "owner's server token", 401 },
        { "GET", "/api/claim/token.json", "member", 200 },
        { "GET", "/api/claim/token.json", "managed", 403 },
        { "GET", "/api/claim/token.json", "owner's transient", 401 },
        { "GET", "/api/claim/token.json", "owner's server token", 401 },
        { "PUT", "/devices/0123456789abcdef0123456789abcdef01234567", "owner", 401 },
        { "PUT", "/devices/0123456789abcdef0123456789abcdef01234567", "owner's transient", 401 },
        { "PUT", "/devices/0123456789abcdef0123456789abcdef01234567", "owner's server token", 401 },
        { "GET", "/myplex/account", "owner", 200 },
        { "GET", "/myplex/account", "member", 403 },
        { "GET", "/myplex/account", "stranger", 403 },
        { "GET", "/myplex/account", "owner's transient", 200 },
        { "GET", "/myplex/account", "owner's server token", 200 },
        { "GET", "/myplex/account", "owner's token for another server", 403 },
        { "DELETE", "/myplex/account", "member", 403 },
        { "DELETE", "/myplex/account", "owner's transient", 403 },
        { "DELETE", "/myplex/account", "owner's server token", 403 },
        { "GET", "/", "owner's server token", 200 },
        { "GET", "/", "member's server token", 200 },
        { "GET", "/", "member's token for another server", 403 },
        { "POST", "/security/token?type=delegation&scope=all", "member's server token", 200 },
        { "POST", "/security/token?type=delegation&scope=all", "member's token for another server", 403 },
        { "GET", "/security/resources?source=provider://tv.plex.provider.podcasts", "owner's server token", 200 },
        { "GET", "/security/resources?source=provider://tv.plex.provider.podcasts", "member's server token", 403 },
        { "GET", "/security/resources?source=provider://tv.plex.provider.podcasts", "owner's token for another server", 403 },
        { "GET", "/", "owner", 200 },
        { "GET", "/", "member", 200 },
        { "GET", "/", "stranger", 403 },
        { "GET", "/", "owner's transient", 200 },
        { "GET", "/", "member's transient", 200 },
        { "POST", "/security/token?type=delegation&scope=all", "owner", 200 },
        { "POST", "/security/token?type=delegation&scope=all", "member", 200 },
        { "POST", "/security/token?type=delegation&scope=all", "stranger", 403 },
        { "POST", "/security/token?type=delegation&scope=all", "owner's transient", 403 },
        { "POST", "/security/token?type=delegation&scope=all", "member's transient", 403 },
        { "GET", "/security/resources?source=provider://tv.plex.provider.podcasts", "owner", 200 },
        { "GET", "/security/resources?source=provider://tv.plex.provider.podcasts", "member", 403 },
        { "GET", "/security/resources?source=provider://tv.plex.provider.podcasts", "stranger", 403 },
        { "GET", "/security/resources?source=provider://tv.plex.provider.podcasts", "owner's transient", 200 },
        { "GET", "/security/resources?source=provider://tv.plex.provider.podcasts", "member's transient", 403 },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Each_kind_of_token_opens_what_it_should(string verb, string path, string caller, int expected)
    {
        var reply = await server.SendAsync(new HttpMethod(verb), path, await TokenOfAsync(caller));

        ((int)reply.Status).ShouldBe(expected, reply.Body);
    }

    [Fact]
    public async Task A_refused_transient_token_still_works_where_it_may()
    {
        var transient = await TokenOfAsync("owner's transient");
        (await server.SendAsync(HttpMethod.Delete, "/api/v2/users/signout", transient)).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (await server.GetAsync("/", transient)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Identity_answers_with_and_without_a_good_token()
    {
        foreach (var token in (string?[])[null, "unknown-token-000001", "alice-dev-token-0001"])
            (await server.GetAsync("/identity", token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void Every_route_says_who_may_call_it()
    {
        var routes = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();

        routes.Count.ShouldBeGreaterThan(8);
        routes.Where(route => route.Metadata.GetMetadata<TokenRequirement>() is null && route.Metadata.GetMetadata<SessionRequirement>() is null && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(route => route.RoutePattern.RawText).ShouldBeEmpty();
    }

    private async Task<string> TokenOfAsync(string caller) => caller switch
    {
        "owner" => "alice-dev-token-0001",
        "member" => "bob-dev-token-000001",
        "managed" => "erin-dev-token-00001",
        "stranger" => "dave-dev-token-00001",
        "owner's transient" => await DelegateAsync("alice-dev-token-0001"),
        "member's transient" => await DelegateAsync("bob-dev-token-000001"),
        "owner's server token" => await TokenForAsync("Living Room", "alice-dev-token-0001"),
        "member's server token" => await TokenForAsync("Living Room", "bob-dev-token-000001"),
        "owner's token for another server" => await TokenForAsync("Attic", "alice-dev-token-0001"),
        "member's token for another server" => await TokenForAsync("Attic", "bob-dev-token-000001"),
        _ => throw new ArgumentOutOfRangeException(nameof(caller), caller, null),
    };

    private async Task<string> DelegateAsync(string token)
    {
        var reply = await server.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", token);
        return JsonElement.Parse(reply.Body).GetProperty("MediaContainer").GetProperty("token").GetString()!;
    }

    private async Task<string> TokenForAsync(string name, string token)
    {
        var reply = await server.GetAsync("/api/v2/resources", token);
        return JsonElement.Parse(reply.Body).EnumerateArray().Single(resource => resource.GetProperty("name").GetString() == name).GetProperty("accessToken").GetString()!;
    }
}
