using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Tests.Data;
using PlexAuth.Server.Tests.MediaServer.Alone;

namespace PlexAuth.Server.Tests.MediaServer.Delegation;

public class SourceDelegationTests
{
    private const string LivingRoom = "0123456789abcdef0123456789abcdef01234567";
    private const string Cellar = "cccccccccccccccccccccccccccccccccccccccc";

    private static readonly string Alice = PlexAuthPersona.Alice.Token;

    [Fact]
    public async Task The_token_for_another_server_comes_from_that_server_and_opens_it_alone()
    {
        await using var pair = await Pair.StartAsync();
        await pair.ShareAsync(PlexAuthPersona.Alice);
        var cellar = await pair.IdentifierAsync();

        foreach (var token in (string[])[Alice, await TokenForLivingRoomAsync(pair.Accounts, Alice)])
        {
            var device = await DeviceAsync(pair.Accounts, cellar, token);

            device.GetProperty("name").GetString().ShouldBe("Cellar");
            device.GetProperty("Connection")[0].GetProperty("port").GetInt32().ShouldBe(pair.Media.Address.Port);
            var transient = device.GetProperty("accessToken").GetString()!;
            (await pair.TryAsync(transient)).ShouldBe(HttpStatusCode.OK);
            (await pair.Media.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", transient)).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await pair.Accounts.GetAsync("/", transient)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task It_dies_with_the_share()
    {
        await using var pair = await Pair.StartAsync();
        await pair.ShareAsync(PlexAuthPersona.Alice);
        var cellar = await pair.IdentifierAsync();
        var transient = (await DeviceAsync(pair.Accounts, cellar, Alice)).GetProperty("accessToken").GetString()!;

        (await pair.Accounts.SendAsync(HttpMethod.Delete, $"/api/servers/{cellar}/shared_servers/1", PlexAuthPersona.Dave.Token)).Status.ShouldBe(HttpStatusCode.NoContent);
        pair.Clock.Advance(TimeSpan.FromSeconds(1));

        (await pair.TryAsync(transient)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SourceAsync(pair.Accounts, cellar, Alice)).Status.ShouldBe(HttpStatusCode.BadRequest, "it is hers to see no longer");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task Every_answer_is_fresh(string refresh)
    {
        await using var pair = await Pair.StartAsync();
        await pair.ShareAsync(PlexAuthPersona.Alice);
        var cellar = await pair.IdentifierAsync();
        var first = (await DeviceAsync(pair.Accounts, cellar, Alice)).GetProperty("accessToken").GetString()!;
        await pair.RestartMediaAsync();
        (await pair.TryAsync(first)).ShouldBe(HttpStatusCode.Unauthorized, "a restart ends it");

        var reply = await pair.Accounts.GetAsync($"/security/resources?source=server://{cellar}&refresh={refresh}", Alice);

        var second = JsonElement.Parse(reply.Body).GetProperty("MediaContainer").GetProperty("Device").GetProperty("accessToken").GetString()!;
        (await pair.TryAsync(second)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_media_server_by_itself_does_the_same_for_its_owner()
    {
        await using var pair = await Pair.StartAsync();
        (await pair.Accounts.SendAsync(HttpMethod.Post, $"/api/servers/{LivingRoom}/shared_servers?invited_email=dave@example.com", Alice)).Status.ShouldBe(HttpStatusCode.Created);

        var transient = (await DeviceAsync(pair.Media, LivingRoom, PlexAuthPersona.Dave.Token)).GetProperty("accessToken").GetString();

        (await pair.Accounts.GetAsync("/", transient)).Status.ShouldBe(HttpStatusCode.OK);
        (await SourceAsync(pair.Media, LivingRoom, await pair.TokenForMediaAsync(PlexAuthPersona.Dave))).Status.ShouldBe(HttpStatusCode.BadRequest, "a token for one server tells of no other");
    }

    [Fact]
    public async Task A_transient_caller_is_told_the_way_and_given_no_token()
    {
        await using var server = await HostedServer.StartAsync();
        await using var stub = await Stub.StartAsync(Cellar, context => context.Response.WriteAsync("{}"));
        await RegisterAsync(server, stub.Address);
        var minted = JsonElement.Parse((await server.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", Alice)).Body);

        var device = await DeviceAsync(server, Cellar, minted.GetProperty("MediaContainer").GetProperty("token").GetString()!);

        device.TryGetProperty("accessToken", out _).ShouldBeFalse();
        stub.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_refused()
    {
        await using var server = await HostedServer.StartAsync();
        Uri address;
        await using (var stub = await Stub.StartAsync(Cellar, _ => Task.CompletedTask))
            address = stub.Address;
        await RegisterAsync(server, address);

        (await SourceAsync(server, Cellar, Alice)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_server_at_the_address_is_sent_no_token()
    {
        await using var server = await HostedServer.StartAsync();
        await using var stub = await Stub.StartAsync("dddddddddddddddddddddddddddddddddddddddd", context => context.Response.WriteAsync("{\"MediaContainer\":{\"token\":\"transient-x\"}}"));
        await RegisterAsync(server, stub.Address);

        (await SourceAsync(server, Cellar, Alice)).Status.ShouldBe(HttpStatusCode.Forbidden);

        stub.Calls.ShouldBe([("/identity", null)]);
    }

    [Theory]
    [InlineData("/identity")]
    [InlineData("/security/token")]
    public async Task No_redirect_is_followed(string redirecting)
    {
        await using var server = await HostedServer.StartAsync();
        await using var elsewhere = await Stub.StartAsync(Cellar, context => context.Response.WriteAsync("{\"MediaContainer\":{\"token\":\"transient-x\"}}"));
        Task RedirectAsync(HttpContext context)
        {
            context.Response.Redirect(new Uri(elsewhere.Address, redirecting).AbsoluteUri);
            return Task.CompletedTask;
        }

        await using var stub = redirecting == "/identity" ? await Stub.StartAsync(RedirectAsync) : await Stub.StartAsync(Cellar, RedirectAsync);
        await RegisterAsync(server, stub.Address);

        (await SourceAsync(server, Cellar, Alice)).Status.ShouldBe(HttpStatusCode.Forbidden);

        elsewhere.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("{\"MediaContainer\":{\"size\":0}}")]
    [InlineData("no JSON")]
    [InlineData("")]
    public async Task An_answer_without_a_token_is_none(string answer)
    {
        await using var server = await HostedServer.StartAsync();
        await using var stub = await Stub.StartAsync(Cellar, context => context.Response.WriteAsync(answer));
        await RegisterAsync(server, stub.Address);

        (await SourceAsync(server, Cellar, Alice)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_three_seconds()
    {
        var (asked, never, clock) = (new TaskCompletionSource(), new TaskCompletionSource(), new FakeTimeProvider());
        await using var server = await HostedServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        await using var stub = await Stub.StartAsync(Cellar, async context =>
        {
            asked.TrySetResult();
            await never.Task.WaitAsync(context.RequestAborted);
        });
        await RegisterAsync(server, stub.Address);

        var reply = SourceAsync(server, Cellar, Alice);
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(3));

        (await reply).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Servers_that_give_no_token_are_given_up_after_six_seconds_however_many_they_are()
    {
        var (asked, never, clock) = (new SemaphoreSlim(0), new TaskCompletionSource(), new FakeTimeProvider());
        await using var server = await HostedServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        Task<Stub> StallAsync() => Stub.StartAsync(Cellar, async context =>
        {
            asked.Release();
            await never.Task.WaitAsync(context.RequestAborted);
        });
        await using var first = await StallAsync();
        await using var second = await StallAsync();
        await using var third = await StallAsync();
        await RegisterAsync(server, first.Address, second.Address, third.Address);

        var reply = SourceAsync(server, Cellar, Alice);
        for (var i = 0; i < 2; i++)
        {
            var next = asked.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            // On a busy machine the next server may not yet have told its identity when three seconds are over, and is then given up too.
            if (await Task.WhenAny(next, reply) == reply)
                break;
            (await next).ShouldBeTrue();
            clock.Advance(TimeSpan.FromSeconds(3));
        }

        (await reply.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_answer_in_an_unknown_character_set_is_none()
    {
        await using var server = await HostedServer.StartAsync();
        await using var stub = await Stub.StartAsync(context =>
        {
            context.Response.ContentType = "application/json; charset=bogus";
            return context.Response.WriteAsync("{}");
        });
        await RegisterAsync(server, stub.Address);

        (await SourceAsync(server, Cellar, Alice)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_first_address_that_works_is_enough()
    {
        await using var server = await HostedServer.StartAsync();
        await using var wrong = await Stub.StartAsync("dddddddddddddddddddddddddddddddddddddddd", _ => Task.CompletedTask);
        await using var right = await Stub.StartAsync(Cellar, context => context.Response.WriteAsync("<MediaContainer size=\"0\" token=\"transient-from-cellar\"></MediaContainer>"));
        await RegisterAsync(server, wrong.Address, right.Address);

        (await DeviceAsync(server, Cellar, Alice)).GetProperty("accessToken").GetString().ShouldBe("transient-from-cellar");
    }

    private static async Task<JsonElement> DeviceAsync(HostedServer server, string machineIdentifier, string token)
    {
        var reply = await SourceAsync(server, machineIdentifier, token);
        reply.Status.ShouldBe(HttpStatusCode.OK, reply.Body);
        return JsonElement.Parse(reply.Body).GetProperty("MediaContainer").GetProperty("Device");
    }

    private static Task<Reply> SourceAsync(HostedServer server, string machineIdentifier, string token) =>
        server.GetAsync($"/security/resources?source=server://{machineIdentifier}", token);

    private static async Task<string> TokenForLivingRoomAsync(HostedServer server, string token) => JsonElement.Parse((await server.GetAsync("/api/v2/resources", token)).Body).EnumerateArray()
        .Single(one => one.GetProperty("clientIdentifier").GetString() == LivingRoom).GetProperty("accessToken").GetString()!;

    private static Task RegisterAsync(HostedServer server, params Uri[] addresses) =>
        Registration.AddAsync(server, Cellar, [.. addresses.Select(address => address.GetLeftPart(UriPartial.Authority))]);
}
