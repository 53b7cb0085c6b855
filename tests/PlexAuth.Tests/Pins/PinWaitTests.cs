using System.Diagnostics;
using System.Net;

namespace PlexAuth.Tests.Pins;

public sealed class PinWaitTests
{
    private const string Check = "GET /api/v2/pins/308667304";
    private readonly PinClock _clock = new();

    [Fact]
    public async Task Waiting_ends_with_the_account_whose_token_is_then_the_clients_own()
    {
        await using var service = await StartedAsync();
        service.On(Check, 200, PinAnswers.Pending).On(Check, 200, PinAnswers.Pending).On(Check, 200, PinAnswers.Claimed);
        service.On("GET /api/v2/user", 200, PinAnswers.Account).On("GET /api/v2/ping", 200, """{"pong":true}""");
        using var plex = Client(service);

        var signIn = await plex.Pins.StartSignInAsync(cancellationToken: TestContext.Current.CancellationToken);
        var account = await _clock.RunAsync(signIn.WaitAsync(TestContext.Current.CancellationToken));
        await plex.Authentication.PingAsync(cancellationToken: TestContext.Current.CancellationToken);

        account.Title.ShouldBe("UsernameTitle");
        service.Requests[^2].Headers[PlexHeaders.Token].ShouldBe(PinAnswers.Token);
        service.Requests[^1].Headers[PlexHeaders.Token].ShouldBe(PinAnswers.Token);
        service.Requests[2].Headers[PlexHeaders.ClientIdentifier].ShouldBe("my-app-7f3c");
    }

    [Fact]
    public async Task It_asks_once_a_second_or_a_little_less_often()
    {
        await using var service = await StartedAsync();
        for (var i = 0; i < 20; i++)
            service.On(Check, 200, PinAnswers.Pending);
        service.On(Check, 200, PinAnswers.Claimed);

        await WaitAsync(service);

        _clock.Waits.Count.ShouldBe(20);
        _clock.Waits.ShouldAllBe(wait => wait >= TimeSpan.FromSeconds(1) && wait <= TimeSpan.FromSeconds(1.25));
        _clock.Waits.Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Trouble_on_the_way_is_waited_out_with_growing_pauses()
    {
        await using var service = await StartedAsync();
        service.On(Check, 500, "").On(Check, 502, "<html>bad gateway</html>", "text/html").On(Check, 200, "<html>Welcome to Hotel Wi-Fi</html>", "text/html");
        service.On(Check, context => { context.Abort(); return Task.CompletedTask; }).On(Check, 503, "").On(Check, 200, PinAnswers.Pending).On(Check, 200, PinAnswers.Claimed);

        (await WaitAsync(service)).ShouldBe(new PlexToken(PinAnswers.Token));

        int[] seconds = [2, 4, 5, 5, 5, 1];
        for (var i = 0; i < seconds.Length; i++)
            _clock.Waits[i].TotalSeconds.ShouldBeInRange(seconds[i], seconds[i] * 1.25);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_service_that_asks_for_patience_gets_it(int status)
    {
        await using var service = await StartedAsync();
        service.On(Check, status, "", headers: ("Retry-After", "45")).On(Check, 200, PinAnswers.Claimed);

        await WaitAsync(service);

        _clock.Waits.Single().TotalSeconds.ShouldBeInRange(45, 57);
    }

    [Theory]
    [InlineData(false, "ok")]
    [InlineData(true, nameof(PlexPinDeniedException))]
    public async Task The_wait_is_one_span_that_holds_its_questions(bool denied, string outcome)
    {
        await using var service = await StartedAsync();
        service.On(Check, 200, PinAnswers.Pending).On(Check, denied ? 404 : 200, denied ? PinAnswers.Gone : PinAnswers.Claimed);
        using var observed = new Observations();

        var wait = WaitAsync(service);
        if (denied)
            await Should.ThrowAsync<PlexPinDeniedException>(wait);
        else
            await wait;

        var span = observed.Spans.Where(span => span.OperationName == "plex.pin.wait").ShouldHaveSingleItem();
        span.Status.ShouldBe(denied ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
        observed.Spans.Count(child => child.OperationName == "plex.pin.check" && child.ParentSpanId == span.SpanId).ShouldBe(2);
        observed.Outcomes.Where(measured => measured.Operation is "plex.pin.wait").ShouldHaveSingleItem().Outcome.ShouldBe(outcome);
    }

    [Fact]
    public async Task A_wait_that_a_handler_of_the_app_breaks_is_observed_as_an_error_and_not_as_a_cancellation()
    {
        var broken = new StubHandler().On("POST /api/v2/pins", HttpStatusCode.Created, PinAnswers.Pending);
        using var plex = new PlexClient(new HttpClient(broken), Tests.Client.Options());
        var signIn = await plex.Pins.StartSignInAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var observed = new Observations();

        await Should.ThrowAsync<NotSupportedException>(signIn.WaitForTokenAsync(TestContext.Current.CancellationToken));

        observed.Spans.Where(span => span.OperationName == "plex.pin.wait").ShouldHaveSingleItem().Status.ShouldBe(ActivityStatusCode.Error);
        observed.Outcomes.Where(measured => measured.Operation is "plex.pin.wait").ShouldHaveSingleItem().Outcome.ShouldBe("error");
    }

    [Fact]
    public async Task Nobody_confirming_in_time_is_an_expiry()
    {
        await using var service = await StartedAsync(Pin(expiresIn: 2));
        service.On(Check, 200, PinAnswers.Pending).On(Check, 200, PinAnswers.Pending).On(Check, 200, PinAnswers.Pending);

        var expiry = await Should.ThrowAsync<PlexPinExpiredException>(WaitAsync(service));

        expiry.InnerException.ShouldBeNull();
        _clock.Waits.Aggregate((one, other) => one + other).ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task An_outage_until_the_end_is_named_as_the_cause()
    {
        await using var service = await StartedAsync(Pin(expiresIn: 3));
        service.On(Check, 500, "").On(Check, 500, "").On(Check, 500, "");

        (await Should.ThrowAsync<PlexPinExpiredException>(WaitAsync(service))).InnerException.ShouldBeOfType<PlexServerException>();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_pin_taken_away_before_its_time_was_denied(int status)
    {
        await using var service = await StartedAsync();
        service.On(Check, 200, PinAnswers.Pending).On(Check, status, PinAnswers.Gone);

        var denial = await Should.ThrowAsync<PlexPinDeniedException>(WaitAsync(service));

        denial.StatusCode.ShouldBe((HttpStatusCode)status);
        denial.Errors.Single().Code.ShouldBe(PlexErrorCode.PinNotFound);
    }

    [Fact]
    public async Task A_pin_gone_at_its_end_has_expired()
    {
        await using var service = await StartedAsync(Pin(expiresIn: 4));
        service.On(Check, 404, PinAnswers.Gone);

        await Should.ThrowAsync<PlexPinExpiredException>(WaitAsync(service));
    }

    [Fact]
    public async Task A_client_identifier_that_is_refused_ends_the_wait_at_once()
    {
        await using var service = await StartedAsync();
        service.On(Check, 400, """{"errors":[{"code":1000,"message":"X-Plex-Client-Identifier is missing"}]}""");

        await Should.ThrowAsync<PlexBadRequestException>(WaitAsync(service));
    }

    [Fact]
    public async Task Expiry_follows_the_lifetime_and_not_the_services_clock()
    {
        await using var service = await StartedAsync();
        using var plex = Client(service);

        var signIn = await plex.Pins.StartSignInAsync(cancellationToken: TestContext.Current.CancellationToken);

        signIn.ExpiresAt.ShouldBe(_clock.GetUtcNow() + TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task A_cancelled_wait_can_be_taken_up_again()
    {
        await using var service = await StartedAsync();
        service.On(Check, 200, PinAnswers.Pending);
        using var plex = Client(service);
        var signIn = await plex.Pins.StartSignInAsync(cancellationToken: TestContext.Current.CancellationToken);

        using var cancellation = new CancellationTokenSource();
        var cancelled = signIn.WaitForTokenAsync(cancellation.Token);
        await _clock.WaitStartedAsync();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);

        service.On(Check, 200, PinAnswers.Claimed);
        (await signIn.WaitForTokenAsync(TestContext.Current.CancellationToken)).ShouldBe(new PlexToken(PinAnswers.Token));
    }

    [Fact]
    public async Task Another_process_resumes_by_id()
    {
        await using var service = await PinService.StartAsync();
        service.On(Check, 200, Pin(expiresIn: 300)).On(Check, 200, PinAnswers.Claimed);
        using var plex = Client(service);

        var signIn = await plex.Pins.ResumeSignInAsync(308667304, null, TestContext.Current.CancellationToken);

        signIn.ExpiresAt.ShouldBe(_clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        signIn.Code.ShouldBe("7RQZ");
        (await signIn.WaitForTokenAsync(TestContext.Current.CancellationToken)).ShouldBe(new PlexToken(PinAnswers.Token));
    }

    [Fact]
    public async Task What_is_over_cannot_be_resumed()
    {
        await using var service = await PinService.StartAsync();
        service.On(Check, 404, PinAnswers.Gone);
        using var plex = Client(service);

        await Should.ThrowAsync<PlexPinExpiredException>(plex.Pins.ResumeSignInAsync(308667304, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_identity_given_at_the_start_is_used_to_the_end()
    {
        await using var service = await StartedAsync();
        service.On(Check, 200, PinAnswers.Claimed).On("GET /api/v2/user", 200, PinAnswers.Account);
        using var plex = Client(service);

        var options = new PlexCallOptions { Identity = new("another-device") };
        var signIn = await plex.Pins.StartSignInAsync(options: options, cancellationToken: TestContext.Current.CancellationToken);
        await signIn.WaitAsync(TestContext.Current.CancellationToken);

        signIn.Address.ShouldContain("clientID=another-device");
        service.Requests.ShouldAllBe(request => request.Headers[PlexHeaders.ClientIdentifier] == "another-device");
    }

    private static string Pin(int expiresIn) => PinAnswers.Pending.Replace("\"expiresIn\":900", $"\"expiresIn\":{expiresIn}", StringComparison.Ordinal);

    private static async Task<PinService> StartedAsync(string? pin = null) =>
        (await PinService.StartAsync()).On("POST /api/v2/pins", 201, pin ?? PinAnswers.Pending);

    private PlexClient Client(PinService service) => Clients.Of(service, options => options.TimeProvider = _clock);

    private async Task<PlexToken> WaitAsync(PinService service)
    {
        using var plex = Client(service);
        var signIn = await plex.Pins.StartSignInAsync(cancellationToken: TestContext.Current.CancellationToken);
        return await _clock.RunAsync(signIn.WaitForTokenAsync(TestContext.Current.CancellationToken));
    }
}
