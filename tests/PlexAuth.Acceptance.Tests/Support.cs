using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace PlexAuth.Acceptance.Tests;

internal static class Support
{
    /// <summary>The products of an account's devices.</summary>
    public static async Task<IReadOnlyList<string?>> DevicesOfAsync(this PlexTestServer plex, PlexAuthPersona persona)
    {
        using var http = plex.CreateHttpClient();
        http.DefaultRequestHeaders.Add("Accept", "application/json");
        http.DefaultRequestHeaders.Add(PlexHeaders.Token, persona.Token);
        http.DefaultRequestHeaders.Add(PlexHeaders.ClientIdentifier, "a-look-at-the-devices");
        using var devices = JsonDocument.Parse(await http.GetStringAsync("/api/v2/devices", TestContext.Current.CancellationToken));
        return [.. devices.RootElement.EnumerateArray().Select(device => device.GetProperty("product").GetString())];
    }
}

/// <summary>The clock of a machine that is ahead of the server's.</summary>
internal sealed class FastClock(TimeProvider clock, TimeSpan ahead) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + ahead;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}

internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("plexauth-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Everything logged, at every level, as text.</summary>
internal sealed class CapturedLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public string Text => string.Join('\n', _lines);

    public void Add(string text) => _lines.Enqueue(text);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Add($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Add($"{formatter(state, exception)} {state} {exception}");

    public void Dispose()
    {
    }
}
