using PlexAuth;
using PlexAuth.Server;
using WorkerDeviceKey;

// A background service that stays signed in by a device key: six weeks and a long sleep, in seconds, on a simulated clock.
var clock = new SimulatedClock();
await using var server = await StartServerAsync(clock);
var accountUrl = new Uri(new Uri(server.Urls.Single()), "/api/v2");
var directory = Directory.CreateTempSubdirectory("plexauth-worker-").FullName;
var identity = PlexClientIdentity.ForThisInstallation("Worker sample", directory);
var store = PlexSessionStore.InDirectory(directory);

await SignInOnceAsync();

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Services.AddPlexClient(options =>
{
    options.Identity = identity;
    options.AccountUrl = accountUrl;
    options.TimeProvider = clock;
    options.Credential = PlexCredential.FromSession(store);
});
builder.Services.AddSingleton(clock).AddSingleton(store).AddSingleton<Worker>().AddHostedService(services => services.GetRequiredService<Worker>());
using var host = builder.Build();
var worker = host.Services.GetRequiredService<Worker>();
await host.RunAsync();
Directory.Delete(directory, recursive: true);
return worker.Held ? 0 : 1;

// What a setup page or `plexauth signin --device-key` does once: sign in, register a key, keep the session.
async Task SignInOnceAsync()
{
    using var plex = new PlexClient(new PlexClientOptions { Identity = identity, AccountUrl = accountUrl, TimeProvider = clock });
    using var key = PlexSigningKey.Create();
    var account = await plex.Authentication.SignInAsync("alice@example.com", "alice-password");
    await plex.Keys.RegisterAsync(key.PublicKey);
    await store.SaveAsync(new PlexSession(accountUrl, identity.ClientIdentifier) { Account = account.Username, DeviceKey = key });
    Console.WriteLine($"ok signed in as {account.Username,-7} key {key.KeyId}");
}

static async Task<WebApplication> StartServerAsync(TimeProvider clock)
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Services.AddSingleton(clock);
    builder.Services.AddPlexAuthServer(options => options.DevPersonas = true);
    var app = builder.Build();
    app.MapPlexAuthServer();
    await app.StartAsync();
    return app;
}
