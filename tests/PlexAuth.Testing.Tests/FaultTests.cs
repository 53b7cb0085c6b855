using PlexAuth.Server;

namespace PlexAuth.Testing.Tests;

public sealed class FaultTests
{
    private const string User = "GET /api/v2/user";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_scripted_number_of_answers_is_refused_with_status_code_and_Retry_After()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = Impatient(plex);
        plex.Faults.Next(User, status: 429, retryAfter: TimeSpan.FromSeconds(2), times: 2);
        plex.Faults.Next(User, status: 403, code: 1046);

        for (var time = 0; time < 2; time++)
        {
            var limited = await Should.ThrowAsync<PlexRateLimitedException>(() => AskAsync(client));
            limited.RetryAfter.ShouldBe(TimeSpan.FromSeconds(2));
            limited.Errors.Single().Code.ShouldBe(PlexErrorCode.RateLimited);
        }

        (await Should.ThrowAsync<PlexForbiddenException>(() => AskAsync(client))).Errors.Single().Code.ShouldBe(PlexErrorCode.NotPermitted);
        (await AskAsync(client)).Username.ShouldBe("alice");
    }

    [Fact]
    public async Task A_client_waits_out_Retry_After_on_the_same_clock()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice, options =>
            (options.Timeout, options.Retry) = (Timeout.InfiniteTimeSpan, PlexRetry.Default with { MaxElapsedTime = TimeSpan.FromDays(1) }));
        plex.Faults.Next(User, status: 429, retryAfter: TimeSpan.FromSeconds(5));

        var asking = AskAsync(client);
        var second = plex.Requests.WaitForAsync(User, times: 2, Cancellation);
        while (!second.IsCompleted && !asking.IsCompleted)
        {
            // From some moment on, the client waits.
            plex.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(second, asking, Task.Delay(10, Cancellation));
        }

        (await asking).Username.ShouldBe("alice");
        ((await second).At - plex.Requests.First().At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
    }

    public static TheoryData<PlexEmulatorFault, Type> Broken => new()
    {
        { new PlexEmulatorFault { Drop = true }, typeof(PlexNetworkException) },
        { new PlexEmulatorFault { Truncate = true }, typeof(PlexNetworkException) },
        { new PlexEmulatorFault { Html = true }, typeof(PlexServerException) },
        { new PlexEmulatorFault { Html = true, Status = 200 }, typeof(PlexProtocolException) },
        { new PlexEmulatorFault { Status = 500 }, typeof(PlexServerException) },
    };

    [Theory, MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public async Task What_breaks_on_the_way_is_the_exception_for_it(PlexEmulatorFault fault, Type exception)
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = Impatient(plex);
        plex.Faults.Next(User, fault);

        (await Should.ThrowAsync<Exception>(() => AskAsync(client))).ShouldBeOfType(exception);
        (await AskAsync(client)).Username.ShouldBe("alice");
    }

    [Fact]
    public async Task XML_in_place_of_JSON_is_the_same_account()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var http = plex.CreateHttpClient();
        http.DefaultRequestHeaders.Add("Accept", "application/json");
        http.DefaultRequestHeaders.Add("X-Plex-Token", Personas.Alice.Token);
        plex.Faults.Next(User, new PlexEmulatorFault { Xml = true });

        using var answer = await http.GetAsync(new Uri("/api/v2/user", UriKind.Relative), Cancellation);

        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/xml");
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("username=\"alice\"");
    }

    [Fact]
    public async Task Unknown_values_and_nulls_are_put_where_the_script_says()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = Impatient(plex);
        plex.Faults.NextField(User, "subscription.status", "Brand-New");
        plex.Faults.NextField(User, "joinedAt", null);

        (await AskAsync(client)).Subscription!.Status.ToString().ShouldContain("Brand-New");
        (await AskAsync(client)).JoinedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Slow_bytes_come_one_by_one_and_arrive_whole()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = Impatient(plex);
        plex.Faults.Next("GET /api/v2/ping", new PlexEmulatorFault { SlowByte = TimeSpan.FromMilliseconds(1) });

        await client.Authentication.PingAsync(cancellationToken: Cancellation);
    }

    [Fact]
    public async Task A_delay_that_outlasts_the_client_is_a_network_failure()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = Impatient(plex);
        plex.Faults.Next(User, new PlexEmulatorFault { Delay = TimeSpan.FromHours(1) });

        var asking = AskAsync(client);
        await plex.Requests.WaitForAsync(User, cancellationToken: Cancellation);
        plex.Clock.Advance(TimeSpan.FromMinutes(5));

        await Should.ThrowAsync<PlexNetworkException>(() => asking);
    }

    [Fact]
    public async Task In_an_outage_of_the_account_service_the_media_server_goes_on()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = Impatient(plex);
        plex.Faults.AccountServiceDown = true;

        (await client.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Unreachable);
        (await client.Authentication.GetTransientTokenAsync(cancellationToken: Cancellation)).Token.Reveal().ShouldStartWith("transient-");

        plex.Faults.AccountServiceDown = false;
        (await client.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Valid);
    }

    [Theory]
    [InlineData("/api/v2/user")]
    [InlineData("GET api/v2/user")]
    [InlineData("GET /api/v2/user?x=1")]
    [InlineData("")]
    public async Task A_script_for_something_that_is_no_operation_is_refused(string operation)
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);

        Should.Throw<ArgumentException>(() => plex.Faults.Next(operation, status: 500)).Message.ShouldContain("GET /api/v2/user");
    }

    private static PlexClient Impatient(PlexTestServer plex) => plex.CreateClient(Personas.Alice, options => options.Retry = PlexRetry.None);

    private static Task<PlexAccount> AskAsync(PlexClient client) => client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation);
}
