using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using System.Xml.XPath;
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

    [Theory]
    [InlineData("/api/v2/user", "subscription.status", "Brand-New", "//subscription/@status")]
    [InlineData("/api/v2/user", "joinedAt", null, "/user/@joinedAt")]
    [InlineData("/api/v2/user", "neverHeardOf", "7", "/user/@neverHeardOf")]
    [InlineData("/api/v2/resources", "0.connections.0.uri", "nowhere", "/resources/resource[1]/connections/connection[1]/@uri")]
    [InlineData("/api/v2/user?X-Plex-Token=gone", "errors.0.code", "9999", "/errors/error[1]/@code")]
    [InlineData("/", "MediaContainer.friendlyName", "Elsewhere", "/MediaContainer/@friendlyName")]
    public async Task A_path_leads_to_the_same_value_in_XML_and_in_JSON(string call, string path, string? value, string inXml)
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        plex.Faults.NextField("* /*", path, value, times: 2);

        var xml = XDocument.Parse(await AskRawAsync(plex, call, "application/xml"));
        var json = JsonNode.Parse(await AskRawAsync(plex, call, "application/json"));

        ((IEnumerable<object>)xml.XPathEvaluate(inXml)).Cast<XAttribute>().Single().Value.ShouldBe(value ?? "");
        path.Split('.').Aggregate(json, (node, name) => int.TryParse(name, CultureInfo.InvariantCulture, out var index) ? node![index] : node![name])?.GetValue<string>().ShouldBe(value);
    }

    [Fact]
    public async Task A_null_takes_a_list_out_of_XML_and_a_flag_is_written_as_XML_has_it()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        plex.Faults.NextField("GET /api/v2/user", "subscription", null);
        plex.Faults.NextField("GET /api/v2/user", "restricted", true);

        XDocument.Parse(await AskRawAsync(plex, "/api/v2/user", "application/xml")).Descendants("subscription").ShouldBeEmpty();
        XDocument.Parse(await AskRawAsync(plex, "/api/v2/user", "application/xml")).Root!.Attribute("restricted")!.Value.ShouldBe("1");
    }

    [Fact]
    public async Task A_page_goes_wrong_too_and_is_away_in_an_outage()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var http = plex.CreateHttpClient();
        plex.Faults.Next("GET /auth", status: 503, retryAfter: TimeSpan.FromSeconds(7));

        using var refused = await http.GetAsync("/auth", Cancellation);

        (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType, refused.Headers.RetryAfter?.Delta).ShouldBe((HttpStatusCode.ServiceUnavailable, "text/html", TimeSpan.FromSeconds(7)));
        (await http.GetAsync("/auth", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        plex.Faults.AccountServiceDown = true;
        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync("/account", Cancellation));
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

    private static async Task<string> AskRawAsync(PlexTestServer plex, string call, string format)
    {
        using var http = plex.CreateHttpClient();
        http.DefaultRequestHeaders.Add("Accept", format);
        http.DefaultRequestHeaders.Add("X-Plex-Client-Identifier", "raw");
        if (!call.Contains('?', StringComparison.Ordinal))
            http.DefaultRequestHeaders.Add("X-Plex-Token", Personas.Alice.Token);
        using var answer = await http.GetAsync(call, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    private static PlexClient Impatient(PlexTestServer plex) => plex.CreateClient(Personas.Alice, options => options.Retry = PlexRetry.None);

    private static Task<PlexAccount> AskAsync(PlexClient client) => client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation);
}
