using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Http;

/// <summary>No caller keeps the server from the others.</summary>
[Requirement("RD1")]
public sealed class RequestLimitTests : IAsyncLifetime
{
    private const string Alice = "alice-dev-token-0001";
    private const string Bob = "bob-dev-token-000001";
    private const string Home = "203.0.113.1";
    private const string Away = "203.0.113.2";

    private readonly FakeTimeProvider _time = new();
    private HostedServer? _server;

    private HostedServer Server => _server ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _server = await HostedServer.StartAsync(
        options => options.KnownProxies.Add("127.0.0.1"), services: services => services.AddSingleton<TimeProvider>(_time));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task An_address_without_a_valid_token_gets_sixty_calls_at_once_and_twenty_a_second()
    {
        await ShouldBeLetInAsync(60, "/identity", Home);

        var refused = await GetAsync("/identity", Home);

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Body.ShouldContain("1003");
        refused.Headers["Retry-After"].ShouldBe("1");
        (await GetAsync("/identity", Away)).Status.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromSeconds(1));
        await ShouldBeLetInAsync(20, "/identity", Home);
        (await GetAsync("/identity", Home)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_valid_token_gets_a_hundred_calls_at_once_wherever_they_come_from()
    {
        (await GetAsync("/api/v2/user", Home, Alice)).Status.ShouldBe(HttpStatusCode.OK);
        await ShouldBeLetInAsync(50, "/api/v2/user", Home, Alice);
        await ShouldBeLetInAsync(50, "/api/v2/user", Away, Alice);

        (await GetAsync("/api/v2/user", Home, Alice)).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        (await GetAsync("/api/v2/user", Home, Bob)).Status.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromSeconds(1));
        await ShouldBeLetInAsync(50, "/api/v2/user", Home, Alice);
    }

    [Fact]
    public async Task Made_up_tokens_count_as_their_address()
    {
        for (var call = 0; call < 60; call++)
            (await GetAsync("/api/v2/user", Home, $"made-up-token-{call:000000}")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (await GetAsync("/api/v2/user", Home, "made-up-token-last")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_token_makes_thirty_transient_ones_an_hour()
    {
        const string Mint = "/security/token?type=delegation&scope=all";
        await ShouldBeLetInAsync(30, Mint, Home, Alice);

        var refused = await GetAsync(Mint, Home, Alice);

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers["Retry-After"].ShouldBe("120");
        (await GetAsync(Mint, Home, Bob)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_administrator_gets_thirty_calls_at_once()
    {
        for (var call = 0; call < 30; call++)
            (await GetAsync("/plexauth/admin/accounts", Home)).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (await GetAsync("/plexauth/admin/accounts", Home)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Calls_from_this_computer_are_not_counted()
    {
        for (var call = 0; call < 120; call++)
            (await Server.GetAsync("/identity")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_given_up()
    {
        await using var server = await HostedServer.StartAsync(options => options.RequestTimeout = TimeSpan.FromMilliseconds(50), app =>
        {
            app.MapPlexAuthServer();
            app.MapGet("/api/v2/stuck", (CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));
        });

        var answer = await server.GetAsync("/api/v2/stuck");

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.Keys.ShouldContain("Retry-After");
        answer.Body.ShouldContain("\"errors\":");
    }

    [Fact]
    public async Task Tokens_in_addresses_are_counted()
    {
        using var counted = new MeterListener();
        var calls = 0;
        counted.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "PlexAuth.Server", Name: "plexauth.server.query_tokens" })
                listener.EnableMeasurementEvents(instrument);
        };
        counted.SetMeasurementEventCallback<long>((_, added, _, _) => Interlocked.Add(ref calls, (int)added));
        counted.Start();

        (await Server.GetAsync($"/api/v2/user?X-Plex-Token={Alice}")).Status.ShouldBe(HttpStatusCode.OK);

        calls.ShouldBeGreaterThan(0);
    }

    private async Task ShouldBeLetInAsync(int calls, string path, string address, string? token = null)
    {
        for (var call = 0; call < calls; call++)
            (await GetAsync(path, address, token)).Status.ShouldBe(HttpStatusCode.OK, $"call {call}");
    }

    private Task<Reply> GetAsync(string path, string address, string? token = null) =>
        Server.GetAsync(path, token, [("Accept", "application/json"), ("X-Plex-Client-Identifier", "app"), ("X-Forwarded-For", address)]);
}
