using System.Net;

namespace PlexAuth.Tests;

/// <summary>Which tokens become the client's own: those of the configured account service, for the client's own identifier.</summary>
public sealed class OwnTokenTests : IDisposable
{
    private const string SignIn = """{"id":1,"uuid":"0000000000000001","authToken":"new-token"}""";
    private const string PinId = "308667304";

    private readonly StubHandler _stub = new();
    private readonly PlexClient _plex;

    public OwnTokenTests() => _plex = new PlexClient(new HttpClient(_stub), Client.Options());

    public static TheoryData<string, string?, string?, bool> Calls()
    {
        var data = new TheoryData<string, string?, string?, bool>();
        foreach (var flow in (string[])["password", "pin", "home"])
        {
            data.Add(flow, null, null, true);
            data.Add(flow, "https://PLEX.tv/api/v2/", "test-client-1", true);
            data.Add(flow, "https://self-hosted.test/api/v2", null, false);
            data.Add(flow, "https://plex.tv:8443/api/v2", null, false);
            data.Add(flow, "https://plex.tv/other", null, false);
            data.Add(flow, null, "another-client", false);
        }

        return data;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_token_of_elsewhere_or_of_another_client_is_only_returned(string flow, string? server, string? client, bool own)
    {
        var options = new PlexCallOptions { ServerUrl = server is null ? null : new Uri(server), Identity = client is null ? null : new PlexClientIdentity(client, "Other product") };

        (await TokenOfAsync(flow, options)).Reveal().ShouldBe("new-token");
        _stub.On("GET /api/v2/ping", HttpStatusCode.OK, """{"pong":true}""");
        await _plex.Authentication.PingAsync(cancellationToken: Cancellation);

        _stub.Headers[^1][PlexHeaders.Token].ShouldBe(own ? "new-token" : Client.Token);
        _plex.Home.Restore().ShouldBe(own && flow == "home");
    }

    public void Dispose() => _plex.Dispose();

    private async Task<PlexToken> TokenOfAsync(string flow, PlexCallOptions options)
    {
        var path = options.ServerUrl?.AbsolutePath.TrimEnd('/') ?? "/api/v2";
        switch (flow)
        {
            case "password":
                _stub.On($"POST {path}/users/signin", HttpStatusCode.Created, SignIn);
                return (await _plex.Authentication.SignInAsync("alice", "password", options: options, cancellationToken: Cancellation)).AuthToken;
            case "home":
                _stub.On($"POST {path}/home/users/5/switch", HttpStatusCode.Created, SignIn);
                return (await _plex.Home.SwitchAsync("5", options: options, cancellationToken: Cancellation)).AuthToken;
            default:
                var pin = $$"""{"id":{{PinId}},"code":"7RQZ","expiresIn":900,"authToken":"new-token"}""";
                _stub.On($"POST {path}/pins", HttpStatusCode.Created, pin).On($"GET {path}/pins/{PinId}", HttpStatusCode.OK, pin);
                return await (await _plex.Pins.StartSignInAsync(options: options, cancellationToken: Cancellation)).WaitForTokenAsync(Cancellation);
        }
    }
}
