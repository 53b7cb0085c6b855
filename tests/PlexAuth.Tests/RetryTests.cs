using System.IO.Pipelines;
using System.Net;

namespace PlexAuth.Tests;

public sealed class RetryTests
{
    private const string Account = """{"id":1,"authToken":"new-token-0000000001"}""";
    private const string User = "GET /api/v2/user";
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_failure_that_may_pass_is_tried_again_with_growing_waits(int status)
    {
        var stub = new StubHandler().On(User, (HttpStatusCode)status).On(User, (HttpStatusCode)status).On(User, (HttpStatusCode)status).On(User, HttpStatusCode.OK, Account);

        (await Retrying(stub).GetTokenDetailsAsync(cancellationToken: Cancellation)).Id.ShouldBe(1);

        _time.Waits.Count.ShouldBe(3);
        _time.Waits[0].TotalSeconds.ShouldBeInRange(0.25, 0.5);
        _time.Waits[1].TotalSeconds.ShouldBeInRange(0.5, 1);
        _time.Waits[2].TotalSeconds.ShouldBeInRange(1, 2);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(501)]
    public async Task Other_failures_are_final(int status)
    {
        var stub = new StubHandler().On(User, (HttpStatusCode)status);

        await Should.ThrowAsync<PlexException>(() => Retrying(stub).GetTokenDetailsAsync(cancellationToken: Cancellation));

        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Retry_after_in_seconds_is_waited_for_up_to_a_minute()
    {
        var stub = new StubHandler()
            .On(User, HttpStatusCode.TooManyRequests, "", r => r.Headers.TryAddWithoutValidation("Retry-After", "7"))
            .On(User, HttpStatusCode.TooManyRequests, "", r => r.Headers.TryAddWithoutValidation("Retry-After", "3600"))
            .On(User, HttpStatusCode.OK, Account);

        await Retrying(stub).GetTokenDetailsAsync(cancellationToken: Cancellation);

        _time.Waits.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(60)]);
    }

    [Fact]
    public async Task Retry_after_as_a_date_is_waited_for()
    {
        var stub = new StubHandler()
            .On(User, HttpStatusCode.ServiceUnavailable, "", r => r.Headers.RetryAfter = new(_time.GetUtcNow().AddSeconds(12)))
            .On(User, HttpStatusCode.ServiceUnavailable, "", r => r.Headers.RetryAfter = new(_time.GetUtcNow().AddSeconds(-12)))
            .On(User, HttpStatusCode.OK, Account);

        await Retrying(stub).GetTokenDetailsAsync(cancellationToken: Cancellation);

        _time.Waits[0].ShouldBe(TimeSpan.FromSeconds(12));
        _time.Waits[1].ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_wait_beyond_the_limit_is_not_begun()
    {
        var stub = new StubHandler().On(User, HttpStatusCode.TooManyRequests, "", r => r.Headers.TryAddWithoutValidation("Retry-After", "30"));
        var client = Retrying(stub, new PlexRetry { MaxElapsedTime = TimeSpan.FromSeconds(20) });

        var limited = await Should.ThrowAsync<PlexRateLimitedException>(() => client.GetTokenDetailsAsync(cancellationToken: Cancellation));

        limited.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        _time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wait_beyond_the_timeout_is_not_begun()
    {
        static StubHandler Limited() =>
            new StubHandler().On(User, HttpStatusCode.TooManyRequests, "", r => r.Headers.TryAddWithoutValidation("Retry-After", "8"));
        var options = new PlexCallOptions { Timeout = TimeSpan.FromSeconds(3) };

        var limited = await Should.ThrowAsync<PlexRateLimitedException>(() => Retrying(Limited()).GetTokenDetailsAsync(options, Cancellation));

        limited.RetryAfter.ShouldBe(TimeSpan.FromSeconds(8));
        (await Retrying(Limited()).VerifyAsync(options, Cancellation)).ShouldBe(PlexTokenStatus.RateLimited);
        _time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_timeout_only_the_retry_options_limit_the_waits()
    {
        var stub = new StubHandler().On(User, HttpStatusCode.ServiceUnavailable).On(User, HttpStatusCode.OK, Account);

        await Retrying(stub).GetTokenDetailsAsync(new PlexCallOptions { Timeout = Timeout.InfiniteTimeSpan }, Cancellation);

        _time.Waits.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0.5, 0)]
    public async Task Waits_of_nothing_do_not_hammer_the_service(double initialSeconds, double maxSeconds)
    {
        var stub = new StubHandler().On(User, HttpStatusCode.ServiceUnavailable).On(User, HttpStatusCode.ServiceUnavailable).On(User, HttpStatusCode.OK, Account);
        var retry = new PlexRetry { InitialDelay = TimeSpan.FromSeconds(initialSeconds), MaxDelay = TimeSpan.FromSeconds(maxSeconds) };

        await Retrying(stub, retry).GetTokenDetailsAsync(cancellationToken: Cancellation);

        _time.Waits.Count.ShouldBe(2);
        _time.Waits.ShouldAllBe(wait => wait >= TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task A_sign_in_that_reached_the_server_is_never_repeated()
    {
        foreach (var status in (HttpStatusCode[])[HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.BadGateway])
        {
            var stub = new StubHandler().On("POST /api/v2/users/signin", status);
            await Should.ThrowAsync<PlexException>(() => Retrying(stub).SignInAsync("alice", "alice-password", cancellationToken: Cancellation));
            stub.Requests.Count.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sign_out_whose_answer_was_lost_has_worked(bool connectionBroke)
    {
        const string SignOut = "DELETE /api/v2/users/signout";
        var stub = new StubHandler()
            .On(SignOut, HttpStatusCode.BadGateway, "", _ => { if (connectionBroke) throw new HttpRequestException("broken"); })
            .On(SignOut, HttpStatusCode.Unauthorized, Wire.Bytes("errors/unauthorized.json"));
        using var plex = new PlexClient(new HttpClient(stub), Client.Options(o => (o.Retry, o.TimeProvider) = (PlexRetry.Default, _time)));
        plex.TokenInvalidated += (_, _) => Assert.Fail("The token was revoked on purpose.");

        await plex.Authentication.SignOutAsync(cancellationToken: Cancellation);

        stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_sign_out_with_a_token_that_is_dead_already_is_refused_without_an_alarm()
    {
        const string SignOut = "DELETE /api/v2/users/signout";
        var stub = new StubHandler().On(SignOut, HttpStatusCode.TooManyRequests).On(SignOut, HttpStatusCode.Unauthorized, Wire.Bytes("errors/unauthorized.json"));
        using var plex = new PlexClient(new HttpClient(stub), Client.Options(o => (o.Retry, o.TimeProvider) = (PlexRetry.Default, _time)));
        plex.TokenInvalidated += (_, _) => Assert.Fail("Nobody has to sign in again who signs out.");

        await Should.ThrowAsync<PlexUnauthorizedException>(() => plex.Authentication.SignOutAsync(cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_sign_in_whose_connection_broke_is_never_repeated()
    {
        await using var server = new LoopbackServer(_ => []);
        using var plex = new PlexClient(Client.Options(o => (o.AccountUrl, o.Retry, o.TimeProvider) = (server.Url, PlexRetry.Default, _time)));

        await Should.ThrowAsync<PlexNetworkException>(() => plex.Authentication.SignInAsync("alice", "alice-password", cancellationToken: Cancellation));

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_also_for_a_sign_in()
    {
        await using var server = new LoopbackServer(_ => null);
        var address = server.Url;
        await server.DisposeAsync();
        using var plex = new PlexClient(Client.Options(o => (o.AccountUrl, o.Retry, o.TimeProvider) = (address, PlexRetry.Default, _time)));

        var failed = await Should.ThrowAsync<PlexNetworkException>(() => plex.Authentication.SignInAsync("alice", "alice-password", cancellationToken: Cancellation));

        failed.Message.ShouldContain("no connection to the server");
        _time.Waits.Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task A_refused_connection_is_final_when_asked_so()
    {
        await using var server = new LoopbackServer(_ => null);
        var address = server.Url;
        await server.DisposeAsync();
        using var plex = new PlexClient(Client.Options(o => (o.AccountUrl, o.TimeProvider) = (address, _time)));

        await Should.ThrowAsync<PlexNetworkException>(() => plex.Authentication.GetTokenDetailsAsync(
            new PlexCallOptions { Retry = new PlexRetry { RetryConnectionFailures = false } }, Cancellation));

        _time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_timeout_ends_the_whole_call()
    {
        await using var server = new LoopbackServer(_ => null);
        using var plex = new PlexClient(Client.Options(o => (o.AccountUrl, o.TimeProvider) = (server.Url, _time)));

        var call = plex.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation);
        while (server.Requests.IsEmpty)
            await Task.Yield();
        _time.Advance(TimeSpan.FromMinutes(10));

        (await Should.ThrowAsync<PlexNetworkException>(call)).Message.ShouldContain("no answer within 600 s");
    }

    [Fact]
    public async Task The_timeout_also_covers_a_slow_body()
    {
        var body = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var stub = new StubHandler().On(User, HttpStatusCode.OK, "", response => response.Content = new StreamContent(body.Reader.AsStream()));

        var call = Retrying(stub).GetTokenDetailsAsync(cancellationToken: Cancellation);
        // A pipe this narrow takes the start of the body only when the client reads it, so its headers have been seen.
        await body.Writer.WriteAsync("{\"id\":1"u8.ToArray(), Cancellation);
        _time.Advance(TimeSpan.FromMinutes(10));

        (await Should.ThrowAsync<PlexNetworkException>(call.WaitAsync(TimeSpan.FromSeconds(30), Cancellation))).Message.ShouldContain("no answer within 600 s");
    }

    [Fact]
    public async Task Cancelling_is_no_plex_failure()
    {
        await using var server = new LoopbackServer(_ => null);
        using var plex = new PlexClient(Client.Options(o => (o.AccountUrl, o.Retry) = (server.Url, PlexRetry.Default)));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = plex.Authentication.VerifyAsync(cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
    }

    [Fact]
    public async Task Cancelling_is_told_with_the_callers_own_token()
    {
        await using var server = new LoopbackServer(_ => null);
        using var plex = new PlexClient(Client.Options(o => o.AccountUrl = server.Url));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = plex.Authentication.GetTokenDetailsAsync(cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(call)).CancellationToken.ShouldBe(cancel.Token);
    }

    private PlexAuthenticationClient Retrying(StubHandler stub, PlexRetry? retry = null) =>
        Client.Over(stub, o => (o.Retry, o.TimeProvider) = (retry ?? new PlexRetry { MaxElapsedTime = TimeSpan.FromMinutes(5) }, _time));
}
