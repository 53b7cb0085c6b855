using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Tests.Accounts;

namespace PlexAuth.Server.Tests.Http;

/// <summary>Every kind of token on every route there is. A new route fails here until somebody says whom it is for.</summary>
[Requirement("RZ1"), Requirement("T15"), Requirement("T17")]
public sealed class RouteMatrixTests : IAsyncLifetime
{
    private const string Arguments = "?type=delegation&scope=all&source=provider://tv.plex.provider.podcasts";
    private const string Open = "open";
    private const string Account = "account";
    private const string Server = "server";
    private const string Minting = "server, but no transient token";
    private const string Owner = "owner";
    private const string Session = "browser session";
    private const string Person = "account, but no managed user";
    private const string OwnersToken = "owner, but no transient token";
    private const string Administrator = "owner, by an account token";
    private const string RegisteredServer = "a registered server";

    private static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["GET|HEAD /api/v2/user"] = Account,
        ["GET|HEAD /api/v2/ping"] = Account,
        ["GET|HEAD /api/v2/user/events"] = Account,
        ["GET|HEAD /api/v2/devices"] = Account,
        ["GET|HEAD /api/v2/resources"] = Account,
        ["POST /api/v2/users/signin"] = Open,
        ["DELETE /api/v2/users/signout"] = Account,
        ["PUT /api/v2/user/password"] = Account,
        ["POST /api/v2/user/two-factor"] = Account,
        ["PUT /api/v2/user/two-factor"] = Account,
        ["DELETE /api/v2/user/two-factor"] = Account,
        ["POST /api/v2/user/backup-codes"] = Account,
        ["DELETE /api/v2/devices"] = Account,
        ["DELETE /api/v2/devices/{id}"] = Account,
        ["POST /api/v2/pins"] = Open,
        ["GET|HEAD /api/v2/pins/{id}"] = Open,
        ["PUT /api/v2/pins/link"] = Account,
        ["GET|HEAD /api/v2/pins/qr/{code}"] = Open,
        ["POST /api/v2/auth/jwk"] = Account,
        ["GET|HEAD /api/v2/auth/nonce"] = Open,
        ["POST /api/v2/auth/token"] = Open,
        ["GET|HEAD /api/v2/auth/keys"] = Open,
        ["GET|HEAD /api/v2/home"] = Account,
        ["GET|HEAD /api/v2/home/users"] = Account,
        ["POST /api/v2/home/users/{id}/switch"] = Account,
        ["POST /api/v2/home/users/restricted/{id}"] = Account,
        ["DELETE /api/v2/home/users/{id}"] = Account,
        ["GET|HEAD /api/home/users"] = Account,
        ["POST /api/home/users"] = Account,
        ["POST /api/home/users/{id}/switch"] = Account,
        ["PUT /api/home/users/{id}"] = Account,
        ["DELETE /api/home/users/{id}"] = Account,
        ["GET|HEAD /api/v2/friends"] = Account,
        ["GET|HEAD /api/users"] = Account,
        ["DELETE /api/friends/{id:int}"] = Account,
        ["GET|HEAD /api/servers/{machineIdentifier}/shared_servers"] = Account,
        ["POST /api/servers/{machineIdentifier}/shared_servers"] = Account,
        ["DELETE /api/servers/{machineIdentifier}/shared_servers/{id:int}"] = Account,
        ["GET|HEAD /api/claim/token"] = Person,
        ["POST /api/claim/exchange"] = Open,
        ["PUT /devices/{machineIdentifier}"] = RegisteredServer,
        ["POST /myplex/claim"] = Open,
        ["GET|HEAD /myplex/account"] = Owner,
        ["DELETE /myplex/account"] = OwnersToken,
        ["POST /users/sign_in"] = Open,
        ["GET|HEAD /users/account"] = Account,
        ["GET|HEAD /devices"] = Account,
        ["DELETE /devices/{id}"] = Account,
        ["POST /pins"] = Open,
        ["GET|HEAD /pins/{id}"] = Open,
        ["GET|HEAD /api/resources"] = Account,
        ["GET|HEAD /pms/resources"] = Account,
        ["GET|HEAD /resources"] = Account,
        ["GET|HEAD /pms/servers"] = Account,
        ["GET|HEAD /identity"] = Open,
        ["GET|HEAD /"] = Server,
        ["GET|POST /security/token"] = Minting,
        [" /security/token"] = Minting,
        ["GET|HEAD /security/resources"] = Owner,
        ["GET|HEAD /auth"] = Open,
        ["GET|HEAD /link"] = Open,
        ["GET|HEAD /account"] = Open,
        ["GET|HEAD /account/accounts"] = Open,
        ["GET|HEAD /account/home"] = Open,
        ["GET|HEAD /pages/{file}"] = Open,
        ["GET /account/api/session"] = Open,
        ["POST /account/api/session"] = Open,
        ["DELETE /account/api/session"] = Open,
        ["POST /account/api/pins/lookup"] = Session,
        ["POST /account/api/pins/allow"] = Session,
        ["POST /account/api/pins/deny"] = Session,
        ["GET /account/api/devices"] = Session,
        ["DELETE /account/api/devices/{id}"] = Session,
        ["DELETE /account/api/devices"] = Session,
        ["GET /account/api/events"] = Session,
        ["PUT /account/api/password"] = Session,
        ["POST /account/api/two-factor"] = Session,
        ["PUT /account/api/two-factor"] = Session,
        ["DELETE /account/api/two-factor"] = Session,
        ["POST /account/api/backup-codes"] = Session,
        ["GET /account/api/accounts"] = Session,
        ["GET /account/api/home"] = Session,
        ["POST /account/api/home/users"] = Session,
        ["DELETE /account/api/home/users/{uuid}"] = Session,
        ["PUT /account/api/home/users/{uuid}/pin"] = Session,
        ["POST /account/api/home/switch"] = Session,
        ["GET /plexauth/admin/accounts"] = Administrator,
        ["POST /plexauth/admin/accounts"] = Administrator,
        ["PUT /plexauth/admin/accounts/{id:int}/disabled"] = Administrator,
        ["PUT /plexauth/admin/accounts/{id:int}/password"] = Administrator,
        ["GET /plexauth/admin/accounts/{id:int}/devices"] = Administrator,
        ["DELETE /plexauth/admin/accounts/{id:int}/devices/{device:long}"] = Administrator,
        ["DELETE /plexauth/admin/accounts/{id:int}/devices"] = Administrator,
        ["POST /plexauth/admin/accounts/export"] = Administrator,
        ["POST /plexauth/admin/accounts/import"] = Administrator,
        ["GET /plexauth/admin/events"] = Administrator,
        [" /health/live"] = Open,
        [" /health/ready"] = Open,
        ["GET|HEAD /openapi/v1.json"] = Open,
        ["GET|HEAD /openapi/plexauth.json"] = Open,
    };

    private HostedServer? _server;

    private HostedServer App => _server!;

    public async ValueTask InitializeAsync() => _server = await HostedServer.StartAsync(services: services => services.AddSingleton(Unlimited.SignIns));

    public ValueTask DisposeAsync() => App.DisposeAsync();

    [Fact]
    public void Every_route_has_a_rule() => Routes().Select(Name).Except(Rules.Keys, StringComparer.Ordinal).ShouldBeEmpty("say in Rules whom it is for");

    [Theory]
    [InlineData("nothing")]
    [InlineData("an unknown token")]
    [InlineData("a managed user")]
    [InlineData("a stranger")]
    [InlineData("a member")]
    [InlineData("the owner")]
    [InlineData("a member's transient token")]
    [InlineData("the owner's transient token")]
    public async Task Each_kind_of_caller_passes_where_its_rule_says_and_nowhere_else(string caller)
    {
        // Giving the server up and signing out come last: the one leaves no owner, and a managed user cannot sign in again.
        foreach (var (verb, path, rule) in Routes().SelectMany(Calls).Where(call => call.Rule is not Open).OrderBy(call => call is { Verb: "DELETE", Path: "/myplex/account" } or { Path: "/api/v2/users/signout" }))
        {
            var reply = await App.SendAsync(new HttpMethod(verb), path + Arguments, await TokenOfAsync(caller));

            IsRefused(reply, verb, rule).ShouldBe(!Passes(caller, rule), $"{verb} {path} answered {(int)reply.Status} to {caller}: {reply.Body}");
        }
    }

    // Some endpoints answer 403 for reasons of their own; a policy's is 1046.
    private static bool IsRefused(Reply reply, string verb, string rule) => reply.Status switch
    {
        HttpStatusCode.Unauthorized => true,
        HttpStatusCode.UnprocessableEntity => reply.Body.Contains("Invalid token", StringComparison.Ordinal) || (verb == "HEAD" && rule == Account),
        HttpStatusCode.Forbidden => rule is Session or Person || verb is "HEAD" or "OPTIONS" || reply.Body.Contains("1046", StringComparison.Ordinal),
        _ => false,
    };

    private static bool Passes(string caller, string rule) => rule switch
    {
        Account => caller is "a managed user" or "a stranger" or "a member" or "the owner",
        Server => caller is "a managed user" or "a member" or "the owner" or "a member's transient token" or "the owner's transient token",
        Person => caller is "a stranger" or "a member" or "the owner",
        OwnersToken or Administrator => caller is "the owner",
        Minting => caller is "a managed user" or "a member" or "the owner",
        Owner => caller is "the owner" or "the owner's transient token",
        _ => false,
    };

    private IEnumerable<RouteEndpoint> Routes() => App.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string Name(RouteEndpoint route) =>
        $"{string.Join('|', (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Order(StringComparer.Ordinal))} {route.RoutePattern.RawText}";

    private static IEnumerable<(string Verb, string Path, string Rule)> Calls(RouteEndpoint route) =>
        (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(verb => (
            verb,
            "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
                part is RoutePatternLiteralPart literal ? literal.Content : "123456789")))),
            Rules.GetValueOrDefault(Name(route), Open)));

    // A call may end the token that makes it, so each gets one of its own; transient tokens, which must not, are made of the personas'.
    private async Task<string?> TokenOfAsync(string caller) => caller switch
    {
        "nothing" => null,
        "an unknown token" => "unknown-token-000001",
        "a managed user" => PlexAuthPersona.Erin.Token,
        "a stranger" => await SignInAsync("dave"),
        "a member" => await SignInAsync("bob"),
        "the owner" => await SignInAsync("alice"),
        "a member's transient token" => await DelegateAsync(await SignInAsync("bob")),
        "the owner's transient token" => await DelegateAsync(await SignInAsync("alice")),
        _ => throw new ArgumentOutOfRangeException(nameof(caller), caller, null),
    };

    private async Task<string> SignInAsync(string name)
    {
        var reply = await App.SendAsync(
            HttpMethod.Post, "/api/v2/users/signin", content: new FormUrlEncodedContent([new("login", name), new("password", $"{name}-password")]));
        return JsonElement.Parse(reply.Body).GetProperty("authToken").GetString()!;
    }

    private async Task<string> DelegateAsync(string token)
    {
        var reply = await App.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", token);
        return JsonElement.Parse(reply.Body).GetProperty("MediaContainer").GetProperty("token").GetString()!;
    }
}
