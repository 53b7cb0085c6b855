using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.AspNetCore;

namespace PlexAuth.Server.Tests.Http;

public sealed class EmbeddingTests
{
    [Fact]
    public async Task The_applications_own_routes_and_refusals_stay_its_own()
    {
        await using var server = await HostedServer.StartAsync(map: app =>
        {
            app.MapPlexAuthServer();
            app.MapGet("/shop/{name}.json", (string name) => name);
            app.MapGet("/api/own", () => Results.NotFound());
        });

        (await server.GetAsync("/shop/cart.json")).Body.ShouldBe("cart");
        (await server.GetAsync("/shop//cart.json")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.GetAsync("/shop//cart.json")).Body.ShouldBeEmpty();
        var own = await server.GetAsync("/api/own");
        own.Body.ShouldBeEmpty();
        own.Headers.ContainsKey("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_application_demands_of_callers_of_its_own_routes_does_not_reach_the_protocol()
    {
        await using var server = await HostedServer.StartAsync(
            map: app =>
            {
                app.MapPlexAuthServer();
                app.MapGet("/shop", () => "open to customers");
            },
            services: services =>
            {
                services.AddAuthentication("customers").AddCookie("customers", options => options.Events.OnRedirectToLogin = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status418ImATeapot;
                    return Task.CompletedTask;
                });
                services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder("customers").RequireAuthenticatedUser().Build());
            });

        (await server.GetAsync("/shop")).Status.ShouldBe((HttpStatusCode)StatusCodes.Status418ImATeapot);
        (await server.GetAsync("/identity")).Status.ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync("/api/v2/user", "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await server.GetAsync("/api/v2/user", "unknown-token-000001");
        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Body.ShouldContain("\"code\":1001");
    }

    [Fact]
    public async Task The_applications_own_routes_can_take_the_servers_tokens()
    {
        await using var server = await HostedServer.StartAsync(
            map: app =>
            {
                app.MapPlexAuthServer();
                app.MapGet("/films", (ClaimsPrincipal caller) => caller.Identity!.Name).RequireAuthorization(
                    policy => policy.AddAuthenticationSchemes(PlexTokenDefaults.AuthenticationScheme).RequireAuthenticatedUser());
            },
            services: services => services.AddAuthorization().AddAuthentication().AddPlexToken());

        (await server.GetAsync("/films", "alice-dev-token-0001")).Body.ShouldBe("alice");
        (await server.GetAsync("/films", "unknown-token-000001")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/films")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_the_application_adds_to_a_caller_ends_with_the_request()
    {
        await using var server = await HostedServer.StartAsync(
            map: app =>
            {
                app.MapPlexAuthServer();
                app.MapGet("/roles", (ClaimsPrincipal caller) => caller.FindAll(ClaimTypes.Role).Count()).RequireAuthorization();
            },
            services: services => services.AddTransient<IClaimsTransformation, AddRole>().AddAuthorization().AddAuthentication().AddPlexToken());

        for (var call = 0; call < 3; call++)
            (await server.GetAsync("/roles", "alice-dev-token-0001")).Body.ShouldBe("1");
    }

    [Fact]
    public async Task What_the_application_makes_of_tokens_itself_does_not_reach_the_protocol()
    {
        await using var server = await HostedServer.StartAsync(
            map: app =>
            {
                app.MapPlexAuthServer();
                app.MapGet("/films", () => "films").RequireAuthorization();
            },
            services: services => services.AddSingleton<PlexTokenValidator, NobodyValidator>().AddAuthorization().AddAuthentication().AddPlexToken());

        (await server.GetAsync("/films", "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.GetAsync("/api/v2/user", "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("application/json", "{\"errors\":[{\"code\":1002,")]
    [InlineData("application/xml", "<html><head><title>Not Found</title>")]
    public async Task An_application_that_is_nothing_else_answers_unknown_paths_as_a_media_server(string accept, string body)
    {
        await using var server = await HostedServer.StartAsync(map: app =>
        {
            app.MapPlexAuthServer();
            app.MapPlexNotFound();
        });

        var unknown = await server.GetAsync("/library/nothing", headers: [("Accept", accept)]);
        unknown.Status.ShouldBe(HttpStatusCode.NotFound);
        unknown.Body.ShouldStartWith(body);
        unknown.Headers["Access-Control-Allow-Origin"].ShouldBe("*");
        (await server.GetAsync("/health/live")).Body.ShouldBe("Healthy");
        (await server.GetAsync("/link")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Each_role_can_be_mapped_alone()
    {
        await using var accounts = await HostedServer.StartAsync(map: app => app.MapPlexAccountService());
        (await accounts.GetAsync("/api/v2/user", "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.OK);
        (await accounts.GetAsync("/identity")).Headers.ContainsKey("X-Plex-Protocol").ShouldBeFalse();

        await using var media = await HostedServer.StartAsync(map: app => app.MapPlexMediaServer());
        (await media.GetAsync("/identity")).Status.ShouldBe(HttpStatusCode.OK);
        (await media.GetAsync("/api/v2/user", "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Under_a_prefix_the_protocol_is_not_there()
    {
        await using var based = await HostedServer.StartAsync(map: app =>
        {
            app.UsePathBase("/plex");
            app.UseRouting();
            app.MapPlexAuthServer();
        });
        await using var grouped = await HostedServer.StartAsync(map: app => app.MapGroup("/plex").MapPlexAuthServer());

        foreach (var server in (HostedServer[])[based, grouped])
        {
            foreach (var path in (string[])["/plex/api/v2/user", "/plex/identity", "/plex/plexauth/admin/accounts", "/plex/resources"])
                (await server.GetAsync(path, "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.NotFound, path);
        }

        (await based.GetAsync("/api/v2/user", "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_output_cache_of_the_application_keeps_no_answer()
    {
        await using var server = await HostedServer.StartAsync(
            map: app =>
            {
                app.UseOutputCache();
                app.MapPlexAuthServer();
                app.MapGet("/kept", () => Guid.NewGuid());
            },
            services: services => services.AddOutputCache(options => options.AddBasePolicy(policy => policy.Expire(TimeSpan.FromMinutes(10)))));
        (await server.GetAsync("/kept")).Body.ShouldBe((await server.GetAsync("/kept")).Body, "the cache works");

        foreach (var path in (string[])["/identity", "/api/v2/auth/nonce", "/account/api/session", "/health/ready", "/link"])
        {
            await server.GetAsync(path);
            (await server.GetAsync(path)).Headers.ContainsKey("Age").ShouldBeFalse(path);
        }
    }

    [Theory]
    [InlineData("exception handler")]
    [InlineData("developer page")]
    [InlineData("status pages")]
    public async Task What_the_application_makes_of_its_own_errors_does_not_reach_the_protocol(string middleware)
    {
        await using var server = await HostedServer.StartAsync(map: app =>
        {
            _ = middleware switch
            {
                "exception handler" => app.UseExceptionHandler(errors => errors.Run(context => context.Response.WriteAsync("the application's own page"))),
                "developer page" => app.UseDeveloperExceptionPage(),
                _ => app.UseStatusCodePages("text/plain", "the application's own page"),
            };
            app.MapPlexAuthServer();
        });

        using var malformed = new StringContent("{\"login\":", System.Text.Encoding.UTF8, "application/json");
        var signIn = await server.SendAsync(HttpMethod.Post, "/api/v2/users/signin", "alice-dev-token-0001", content: malformed);
        signIn.Status.ShouldBe(HttpStatusCode.BadRequest);
        signIn.Body.ShouldContain("\"code\":1004");
        var limit = await server.GetAsync("/plexauth/admin/events?limit=abc", "alice-dev-token-0001");
        limit.Status.ShouldBe(HttpStatusCode.BadRequest);
        limit.Body.ShouldContain("\"code\":1004");
    }

    [Fact]
    public async Task Nobody_needs_a_token_on_a_server_that_nobody_owns_and_nobody_gets_one()
    {
        await using var server = await HostedServer.StartAsync(options => options.DevPersonas = false);

        var minted = await server.GetAsync("/security/token?type=delegation&scope=all");
        minted.Status.ShouldBe(HttpStatusCode.OK, minted.Body);
        minted.Body.ShouldBe("{\"MediaContainer\":{\"size\":0}}");
        (await server.GetAsync("/identity")).Body.ShouldContain("\"claimed\":false");
        (await server.GetAsync("/security/resources?source=provider://a")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("unknown-token-000001")]
    [InlineData("alice-dev-token-0001")]
    [InlineData("bob-dev-token-000001")]
    [InlineData("dave-dev-token-00001")]
    public async Task A_server_that_its_owner_gave_up_is_open_to_everybody_alike(string? token)
    {
        await using var server = await HostedServer.StartAsync();
        (await server.SendAsync(HttpMethod.Delete, "/myplex/account", "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await server.GetAsync("/", token)).Status.ShouldBe(HttpStatusCode.OK);
        var minted = await server.GetAsync("/security/token?type=delegation&scope=all", token);
        minted.Status.ShouldBe(HttpStatusCode.OK, minted.Body);
        minted.Body.ShouldBe("{\"MediaContainer\":{\"size\":0}}");
        (await server.GetAsync("/myplex/account", token)).Status.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        (await server.GetAsync("/security/resources?source=provider://a", token)).Status.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        (await server.GetAsync("/plexauth/admin/accounts", token)).Status.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Health_and_description_are_there_for_tools()
    {
        await using var server = await HostedServer.StartAsync();

        (await server.GetAsync("/health/live")).Body.ShouldBe("Healthy");
        (await server.GetAsync("/health/ready")).Body.ShouldBe("Healthy");

        var description = JsonElement.Parse((await server.GetAsync("/openapi/v1.json")).Body);
        description.GetProperty("info").GetProperty("title").GetString().ShouldBe("PlexAuth");
        description.GetProperty("servers")[0].GetProperty("url").GetString().ShouldBe(server.Address.AbsoluteUri);
        var paths = description.GetProperty("paths");
        var signIn = paths.GetProperty("/api/v2/users/signin").GetProperty("post");
        signIn.GetProperty("operationId").GetString().ShouldBe("post-users-sign-in-data");
        signIn.GetProperty("requestBody").GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("schema").GetProperty("required").GetArrayLength().ShouldBe(2);
        var account = paths.GetProperty("/api/v2/user").GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        account.GetProperty("properties").GetProperty("authToken").GetProperty("type").GetString().ShouldBe("string");
        paths.GetProperty("/security/token").EnumerateObject().Select(verb => verb.Name).ShouldBe(["get", "post"], ignoreOrder: true);
        paths.EnumerateObject().ShouldNotContain(path => path.Name.StartsWith("/health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_application_that_describes_its_own_API_keeps_its_document_and_finds_the_servers_beside_it()
    {
        await using var server = await HostedServer.StartAsync(
            map: app =>
            {
                app.MapPlexAuthServer();
                app.MapGet("/shop", () => "open");
                app.MapOpenApi();
            },
            services: services => services.AddOpenApi());

        (await PathsAsync("v1")).ShouldBe(["/shop"]);
        var ours = await PathsAsync("plexauth");
        ours.ShouldContain("/api/v2/user");
        ours.ShouldNotContain("/shop");

        async Task<IEnumerable<string>> PathsAsync(string document) =>
            JsonElement.Parse((await server.GetAsync($"/openapi/{document}.json")).Body).GetProperty("paths").EnumerateObject().Select(path => path.Name);
    }

    private sealed class NobodyValidator : PlexTokenValidator
    {
        public override ValueTask<PlexTokenValidation> ValidateAsync(PlexToken token, CancellationToken cancellationToken) => new(PlexTokenValidation.Invalid);
    }

    private sealed class AddRole : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            principal.AddIdentity(new ClaimsIdentity([new Claim(ClaimTypes.Role, "editor")]));
            return Task.FromResult(principal);
        }
    }
}
