using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlexAuth.Tests;

/// <summary>Every operation, succeeding and failing, with secrets that are then looked for in everything written down on the way.</summary>
public sealed class CanaryTests : IDisposable
{
    private const string Canary = "canary-";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly ConcurrentQueue<string> _written = new();
    private readonly PlexSigningKey _key = PlexSigningKey.Create();

    [Fact]
    public async Task No_secret_shows_in_any_log_trace_measurement_exception_or_text()
    {
        using var traces = Traces();
        using var measurements = Measurements();
        await using var server = new LoopbackServer(Answer);
        await using var provider = Services(server.Url);
        var client = provider.GetRequiredService<PlexClient>();

        foreach (var path in (string[])["/ok", "/401", "/400", "/429", "/503", "/302", "/html", "/broken"])
        {
            foreach (var format in Enum.GetValues<PlexFormat>())
                await EverythingAsync(client, new PlexCallOptions { ServerUrl = new Uri(server.Url, path), Format = format, Retry = PlexRetry.None });
        }

        _written.Count.ShouldBeGreaterThan(200);
        server.Requests.ShouldContain(request => request.Contains("canary-password", StringComparison.Ordinal));
        var secret = JsonElement.Parse(_key.ExportJwk()).GetProperty("d").GetString()!;
        _written.Where(text => text.Contains("eyJ", StringComparison.Ordinal) || text.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
        _written.Where(text => text.Contains(Canary, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    public void Dispose() => _key.Dispose();

    private static byte[] Answer(string request)
    {
        var path = request.Split(' ')[1];
        if (path.StartsWith("/broken", StringComparison.Ordinal))
            return "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"authToken\":\"canary-token-half\""u8.ToArray();
        if (path.StartsWith("/html", StringComparison.Ordinal))
            return LoopbackServer.Response("200 OK", "<html>canary-page</html>");
        if (path.StartsWith("/302", StringComparison.Ordinal))
            return LoopbackServer.Response("302 Found", "", "Location: http://127.0.0.1:1/?X-Plex-Token=canary-token-location\r\n");
        if (!path.StartsWith("/ok", StringComparison.Ordinal))
            return LoopbackServer.Response($"{path[1..4]} Failed", $$"""{"errors":[{"code":1001,"message":"echo {{Echo(request)}}"}]}""");

        return LoopbackServer.Response("200 OK", path switch
        {
            _ when path.Contains("/security/token", StringComparison.Ordinal) => """{"MediaContainer":{"token":"canary-token-transient"}}""",
            _ when path.Contains("/security/resources", StringComparison.Ordinal) => """{"MediaContainer":{"Device":{"clientIdentifier":"c","accessToken":"canary-token-source"}}}""",
            _ when path.EndsWith("/auth/nonce", StringComparison.Ordinal) => """{"nonce":"canary-nonce"}""",
            _ when path.EndsWith("/auth/token", StringComparison.Ordinal) => """{"auth_token":"canary-token-jwt"}""",
            _ when path.EndsWith("/pins", StringComparison.Ordinal) => """{"id":7,"code":"canary-code"}""",
            _ when path.EndsWith("/ping", StringComparison.Ordinal) => """{"pong":true}""",
            _ => """{"id":1,"authToken":"canary-token-given","pin":"canary-pin","services":[{"identifier":"a","token":"canary-service","secret":"canary-secret"}],"unknownToken":"canary-unknown"}""",
        });
    }

    private static string Echo(string request) =>
        string.Join(' ', request.Split(' ', '\r', '\n', '=', '&').Where(word => word.StartsWith(Canary, StringComparison.Ordinal)));

    private async Task EverythingAsync(PlexClient plex, PlexCallOptions options)
    {
        var client = plex.Authentication;
        await WriteDownAsync(() => client.SignInAsync("alice", "canary-password", "canary-code", options: options, cancellationToken: Cancellation));
        await WriteDownAsync(() => client.GetTokenDetailsAsync(options, Cancellation));
        await WriteDownAsync(() => client.GetTransientTokenAsync(null, options, Cancellation));
        await WriteDownAsync(() => client.GetSourceConnectionInformationAsync("server://c", options: options, cancellationToken: Cancellation));
        await WriteDownAsync(async () => await client.VerifyAsync(options, Cancellation));
        await WriteDownAsync(() => plex.Keys.ExchangeAsync(_key, PlexJwtScopes.All, options, Cancellation));
        await WriteDownAsync(() => plex.Keys.GetNonceAsync(options, Cancellation), keep: false);
        await WriteDownAsync(async () => { await plex.Keys.RegisterAsync(_key.PublicKey, options, Cancellation); return ""; });
        await WriteDownAsync(() => plex.Pins.StartSignInAsync(new PlexPinRequest { DeviceKey = _key }, options, Cancellation));
        await WriteDownAsync(async () => { await client.PingAsync(options, Cancellation); return ""; });
        await WriteDownAsync(async () => { await client.SignOutAsync(options, Cancellation); return ""; });
    }

    private async Task WriteDownAsync<T>(Func<Task<T>> operation, bool keep = true)
    {
        try
        {
            var result = await operation();
            if (keep)
                _written.Enqueue(result!.ToString()!);
            if (result is PlexAccount account)
                _written.Enqueue(JsonSerializer.Serialize(account with { AdditionalProperties = new Dictionary<string, JsonElement>(StringComparer.Ordinal) }) + string.Join(' ', account.Services));
        }
        catch (PlexException e)
        {
            _written.Enqueue(e.ToString());
            _written.Enqueue(string.Join(' ', e.Errors));
            _written.Enqueue(string.Join(' ', e.Data.Values.Cast<object>()));
        }
    }

    private ServiceProvider Services(Uri url)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new WritingLogger(_written)));
        services.AddPlexClient(o => (o.Identity, o.Credential, o.AccountUrl) = (new PlexClientIdentity("id"), PlexCredential.FromToken("canary-token-given"), url));
        return services.BuildServiceProvider();
    }

    private ActivityListener Traces()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "PlexAuth",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _written.Enqueue($"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private MeterListener Measurements()
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == "PlexAuth") self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => _written.Enqueue($"{instrument.Name} {string.Join(' ', tags.ToArray())}"));
        listener.Start();
        return listener;
    }

    private sealed class WritingLogger(ConcurrentQueue<string> written) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            written.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            written.Enqueue($"{formatter(state, exception)} {exception} {string.Join(' ', state as IEnumerable<KeyValuePair<string, object?>> ?? [])}");

        public void Dispose()
        {
        }
    }
}
