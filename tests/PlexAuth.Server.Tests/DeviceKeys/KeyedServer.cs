using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.DeviceKeys;

/// <summary>A server under a clock of the test's own.</summary>
public sealed class KeyedServer : IAsyncDisposable
{
    private readonly FakeTimeProvider _time;

    private KeyedServer(HostedServer host, FakeTimeProvider time) => (Host, _time) = (host, time);

    public HostedServer Host { get; }

    internal static async Task<KeyedServer> StartAsync(FakeTimeProvider? time = null, Action<PlexAuthServerOptions>? configure = null)
    {
        time ??= new FakeTimeProvider();
        return new(await HostedServer.StartAsync(configure, services: services => services.AddSingleton<TimeProvider>(time)), time);
    }

    internal KeyedDevice Device(string client = "device-1", PlexSigningKey? key = null) =>
        key is null ? new(Host, _time, client) : new(Host, _time, client) { Key = key };

    internal PlexClient Client(PlexCredential? credential, string client = "device-1", TimeProvider? time = null) => new(new PlexClientOptions
    {
        Identity = new PlexClientIdentity(client, "Tests"),
        AccountUrl = new Uri(Host.Address, "/api/v2"),
        ServerUrl = Host.Address,
        Credential = credential,
        TimeProvider = time ?? _time,
        Timeout = Timeout.InfiniteTimeSpan,
        Retry = PlexRetry.None,
    });

    public void Advance(TimeSpan span) => _time.Advance(span);

    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        Get<Database>().WriteAsync(session => session.ExecuteAsync(sql, parameters), TestContext.Current.CancellationToken);

    public T Get<T>()
        where T : notnull => Host.App.Services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
