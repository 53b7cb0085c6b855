using System.Net;

namespace PlexAuth.Tests;

public sealed class CredentialTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<PlexTokenRequest> _asked = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_credential_is_asked_once_by_many_calls_at_a_time()
    {
        var release = new TaskCompletionSource();
        var credential = PlexCredential.Create(async (request, _) =>
        {
            _asked.Add(request);
            await release.Task;
            return new PlexAccessToken(new PlexToken("stored-token"));
        });
        var client = Pinging(credential, calls: 100, out var stub);

        var calls = Enumerable.Range(0, 100).Select(_ => client.PingAsync(cancellationToken: Cancellation)).ToArray();
        release.SetResult();
        await Task.WhenAll(calls);

        _asked.ShouldHaveSingleItem().ShouldBe(new PlexTokenRequest(new Uri("https://plex.tv"), new PlexClientIdentity("test-client-1", "Tests"), ForceRefresh: false));
        stub.Headers.ShouldAllBe(headers => headers[PlexHeaders.Token] == "stored-token");
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        var client = Pinging(Counting(TimeSpan.FromHours(1)), calls: 3, out var stub);

        await client.PingAsync(cancellationToken: Cancellation);
        _time.Advance(TimeSpan.FromMinutes(44));
        await client.PingAsync(cancellationToken: Cancellation);
        _time.Advance(TimeSpan.FromMinutes(5));
        await client.PingAsync(cancellationToken: Cancellation);

        stub.Headers.Select(headers => headers[PlexHeaders.Token]).ShouldBe(["token-1", "token-1", "token-2"]);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(498)]
    public async Task A_refused_token_is_renewed_once(int status)
    {
        var stub = new StubHandler().On("GET /api/v2/ping", (HttpStatusCode)status).On("GET /api/v2/ping", HttpStatusCode.OK, Wire.Bytes("account/ping.json"));

        await Client.Over(stub, o => (o.Credential, o.TimeProvider) = (Counting(), _time)).PingAsync(cancellationToken: Cancellation);

        _asked.Select(request => request.ForceRefresh).ShouldBe([false, true]);
        stub.Headers[1][PlexHeaders.Token].ShouldBe("token-2");
    }

    [Fact]
    public async Task A_renewed_token_that_is_refused_too_ends_the_call()
    {
        var stub = new StubHandler().On("GET /api/v2/ping", HttpStatusCode.Unauthorized).On("GET /api/v2/ping", HttpStatusCode.Unauthorized);
        var client = Client.Over(stub, o => (o.Credential, o.TimeProvider) = (Counting(), _time));

        await Should.ThrowAsync<PlexUnauthorizedException>(() => client.PingAsync(cancellationToken: Cancellation));

        stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_refused_calls_renew_the_token_once()
    {
        await using var server = new LoopbackServer(request => request.Contains("X-Plex-Token: token-1\r\n", StringComparison.Ordinal)
            ? LoopbackServer.Response("498 Expired", "")
            : LoopbackServer.Response("200 OK", Wire.Text("account/ping.json")));
        using var plex = new PlexClient(Client.Options(o => (o.Credential, o.AccountUrl) = (Counting(), server.Url)));

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => plex.Authentication.PingAsync(cancellationToken: Cancellation)));

        _asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Each_authority_has_the_token_given_for_it()
    {
        var stub = new StubHandler().On("GET /api/v2/ping", HttpStatusCode.OK, Wire.Bytes("account/ping.json"))
            .On("POST /security/token?type=delegation&scope=all", HttpStatusCode.OK, Wire.Bytes("media-server/security-token.json"));
        var client = Client.Over(stub, o => (o.Credential, o.TimeProvider) = (Counting(), _time));

        await client.PingAsync(cancellationToken: Cancellation);
        await client.GetTransientTokenAsync(cancellationToken: Cancellation);

        _asked.Select(request => request.Authority).ShouldBe([new Uri("https://plex.tv"), new Uri("http://server.test:32400")]);
        stub.Headers.Select(headers => headers[PlexHeaders.Token]).ShouldBe(["token-1", "token-2"]);
    }

    [Fact]
    public async Task Each_client_identifier_has_the_token_given_for_it()
    {
        var credential = PlexCredential.Create((request, _) =>
            ValueTask.FromResult(new PlexAccessToken(new PlexToken($"token-of-{request.Client.ClientIdentifier}"))));
        var client = Pinging(credential, calls: 3, out var stub);

        await client.PingAsync(new PlexCallOptions { Identity = new PlexClientIdentity("other-device") }, Cancellation);
        await client.PingAsync(cancellationToken: Cancellation);
        await client.PingAsync(new PlexCallOptions { Identity = new PlexClientIdentity("other-device") }, Cancellation);

        stub.Headers.Select(headers => headers[PlexHeaders.Token]).ShouldBe(["token-of-other-device", "token-of-test-client-1", "token-of-other-device"]);
    }

    [Fact]
    public async Task A_failure_for_one_authority_is_none_for_another_that_waits()
    {
        var release = new TaskCompletionSource();
        var credential = PlexCredential.Create(async (request, _) =>
        {
            await release.Task;
            return request.Authority.Host == "a.test" ? throw new PlexUnauthorizedException("A refuses.") : new PlexAccessToken(new PlexToken("token-of-b"));
        });
        var stub = new StubHandler().On("GET /ping", HttpStatusCode.OK, Wire.Bytes("account/ping.json"));
        var client = Client.Over(stub, o => (o.Credential, o.TimeProvider) = (credential, _time));

        var refused = client.PingAsync(new PlexCallOptions { ServerUrl = new Uri("https://a.test") }, Cancellation);
        var accepted = client.PingAsync(new PlexCallOptions { ServerUrl = new Uri("https://b.test") }, Cancellation);
        release.SetResult();

        (await Should.ThrowAsync<PlexUnauthorizedException>(refused)).Message.ShouldBe("A refuses.");
        await accepted;
        stub.Headers.ShouldHaveSingleItem()[PlexHeaders.Token].ShouldBe("token-of-b");
    }

    [Fact]
    public async Task A_credential_that_fails_ahead_of_the_end_leaves_the_old_token_in_use()
    {
        var credential = PlexCredential.Create((request, _) => request.ForceRefresh
            ? throw new HttpRequestException("The secret store is down.")
            : ValueTask.FromResult(new PlexAccessToken(new PlexToken("old-token"), _time.GetUtcNow().AddHours(1))));
        var client = Pinging(credential, calls: 2, out var stub);

        await client.PingAsync(cancellationToken: Cancellation);
        _time.Advance(TimeSpan.FromMinutes(50));
        await client.PingAsync(cancellationToken: Cancellation);

        stub.Headers.ShouldAllBe(headers => headers[PlexHeaders.Token] == "old-token");
    }

    [Fact]
    public async Task Cancelling_a_call_that_renews_ahead_cancels_it()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var credential = PlexCredential.Create(async (request, cancellationToken) =>
        {
            if (request.ForceRefresh)
            {
                await cancel.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return new PlexAccessToken(new PlexToken("old-token"), _time.GetUtcNow().AddHours(1));
        });
        var client = Pinging(credential, calls: 1, out var stub);

        await client.PingAsync(cancellationToken: Cancellation);
        _time.Advance(TimeSpan.FromMinutes(50));

        await Should.ThrowAsync<OperationCanceledException>(() => client.PingAsync(cancellationToken: cancel.Token));
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_chain_moves_on_only_where_there_is_nothing()
    {
        var nothing = PlexCredential.Create((_, _) => throw new PlexSignInRequiredException("Nothing stored."));
        var broken = PlexCredential.Create((_, _) => throw new PlexNetworkException("No network."));
        var request = new PlexTokenRequest(new Uri("https://plex.tv"), new PlexClientIdentity("id"), ForceRefresh: false);

        (await PlexCredential.Chain(nothing, PlexCredential.FromToken("second")).GetTokenAsync(request, Cancellation)).Token.Reveal().ShouldBe("second");
        await Should.ThrowAsync<PlexNetworkException>(async () => await PlexCredential.Chain(nothing, broken, PlexCredential.FromToken("third")).GetTokenAsync(request, Cancellation));
        var none = await Should.ThrowAsync<PlexSignInRequiredException>(async () => await PlexCredential.Chain(nothing, nothing).GetTokenAsync(request, Cancellation));
        none.Message.ShouldContain("Nothing stored.");
    }

    [Fact]
    public async Task A_fixed_token_that_is_refused_is_not_sent_again()
    {
        var stub = new StubHandler().On("GET /api/v2/ping", HttpStatusCode.Unauthorized);

        await Should.ThrowAsync<PlexUnauthorizedException>(() => Client.Over(stub).PingAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_credential_that_fails_lets_no_request_out()
    {
        var stub = new StubHandler();
        var client = Client.Over(stub, o => o.Credential = PlexCredential.Create((_, _) => throw new PlexSignInRequiredException("Nothing stored.")));

        await Should.ThrowAsync<PlexSignInRequiredException>(() => client.PingAsync(cancellationToken: Cancellation));

        stub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_credential_of_no_token_is_refused_at_once() => Should.Throw<ArgumentException>(() => PlexCredential.FromToken(default(PlexToken))).ParamName.ShouldBe("token");

    private PlexCredential Counting(TimeSpan? lifetime = null) => PlexCredential.Create((request, _) =>
    {
        _asked.Add(request);
        return ValueTask.FromResult(new PlexAccessToken(new PlexToken($"token-{_asked.Count}"), lifetime is { } span ? _time.GetUtcNow() + span : null));
    });

    private PlexAuthenticationClient Pinging(PlexCredential credential, int calls, out StubHandler stub)
    {
        stub = new StubHandler();
        for (var i = 0; i < calls; i++)
            stub.On("GET /api/v2/ping", HttpStatusCode.OK, Wire.Bytes("account/ping.json"));

        return Client.Over(stub, o => (o.Credential, o.TimeProvider) = (credential, _time));
    }
}
