using System.Net;

namespace PlexAuth.Tests.Home;

public sealed class HomeTests : IDisposable
{
    private const string Switch = "POST /api/v2/home/users/5/switch";
    private const string Erin = """{"id":5,"uuid":"0000000000000005","title":"erin","authToken":"erin-token"}""";
    private const string Ping = "GET /api/v2/ping";
    private const string Pong = """{"pong":true}""";

    private readonly StubHandler _stub = new();
    private readonly PlexClient _plex;

    public HomeTests() => _plex = new PlexClient(new HttpClient(_stub), Client.Options());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("home/users.json")]
    [InlineData("home/users.xml")]
    public async Task A_Home_is_read_alike_from_json_and_xml(string file)
    {
        _stub.On("GET /api/v2/home/users", HttpStatusCode.OK, Wire.Bytes(file));

        var home = await _plex.Home.ListAsync(cancellationToken: Cancellation);

        (home.Id, home.Name, home.GuestEnabled, home.GuestUserId, home.Subscription).ShouldBe((7, "alice's Home", true, 9, true));
        var (alice, erin) = home.Users is [var first, var second] ? (first, second) : throw new InvalidOperationException();
        (alice.Id, alice.Title, alice.Username, alice.Email, alice.Admin, alice.HasPassword).ShouldBe((1, "alice", "alice", "alice@example.com", true, true));
        (alice.Protected, alice.Restricted, alice.RestrictionProfile).ShouldBe((false, false, null));
        (erin.Uuid, erin.Username, erin.Email, erin.Thumb, erin.Admin).ShouldBe(("0000000000000005", null, null, null, false));
        (erin.Protected, erin.Restricted, erin.RestrictionProfile, erin.Guest).ShouldBe((true, true, "older_kid", false));
    }

    [Fact]
    public async Task A_switch_makes_the_client_that_person_until_it_is_restored()
    {
        _stub.On(Switch, HttpStatusCode.Created, Erin).On(Ping, HttpStatusCode.OK, Pong).On(Ping, HttpStatusCode.OK, Pong);

        var erin = await _plex.Home.SwitchAsync("5", "1234", cancellationToken: Cancellation);
        await _plex.Authentication.PingAsync(cancellationToken: Cancellation);
        _plex.Home.Restore().ShouldBeTrue();
        await _plex.Authentication.PingAsync(cancellationToken: Cancellation);

        erin.Title.ShouldBe("erin");
        _stub.Bodies[0].ShouldBe("pin=1234");
        _stub.Headers.Select(headers => headers[PlexHeaders.Token]).ShouldBe([Client.Token, "erin-token", Client.Token]);
        _plex.Home.Restore().ShouldBeFalse();
    }

    [Fact]
    public async Task Restoring_after_two_switches_goes_back_to_the_first()
    {
        _stub.On(Switch, HttpStatusCode.Created, Erin)
            .On("POST /api/v2/home/users/6/switch", HttpStatusCode.Created, """{"id":6,"authToken":"frank-token"}""")
            .On(Ping, HttpStatusCode.OK, Pong);

        await _plex.Home.SwitchAsync("5", "1234", cancellationToken: Cancellation);
        await _plex.Home.SwitchAsync("6", cancellationToken: Cancellation);
        _plex.Home.Restore();
        await _plex.Authentication.PingAsync(cancellationToken: Cancellation);

        _stub.Bodies[1].ShouldBe("");
        _stub.Headers[^1][PlexHeaders.Token].ShouldBe(Client.Token);
    }

    [Fact]
    public async Task Who_signs_out_while_switched_has_nothing_to_restore()
    {
        _stub.On(Switch, HttpStatusCode.Created, Erin).On("DELETE /api/v2/users/signout", HttpStatusCode.NoContent);

        await _plex.Home.SwitchAsync("5", "1234", cancellationToken: Cancellation);
        await _plex.Authentication.SignOutAsync(cancellationToken: Cancellation);

        _plex.Home.Restore().ShouldBeFalse();
    }

    [Fact]
    public async Task A_wanted_pin_has_an_exception_of_its_own_and_the_client_stays_who_it_was()
    {
        _stub.On(Switch, HttpStatusCode.Forbidden, """{"errors":[{"code":1041,"message":"A valid PIN is required to perform this action","status":403}]}""")
            .On(Ping, HttpStatusCode.OK, Pong);

        var refused = await Should.ThrowAsync<PlexHomePinRequiredException>(() => _plex.Home.SwitchAsync("5", "9876", cancellationToken: Cancellation));
        await _plex.Authentication.PingAsync(cancellationToken: Cancellation);

        refused.ShouldBeAssignableTo<PlexForbiddenException>();
        refused.Message.ShouldContain("four-digit PIN");
        refused.ToString().ShouldNotContain("9876");
        _stub.Headers[^1][PlexHeaders.Token].ShouldBe(Client.Token);
    }

    [Fact]
    public async Task A_switch_with_a_token_of_its_own_leaves_the_client_alone()
    {
        _stub.On(Switch, HttpStatusCode.Created, Erin);

        await _plex.Home.SwitchAsync("5", options: new PlexCallOptions { Token = new PlexToken("other") }, cancellationToken: Cancellation);

        _plex.Home.Restore().ShouldBeFalse();
    }

    public void Dispose() => _plex.Dispose();
}
