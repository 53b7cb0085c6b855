using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Pins;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Pins;

/// <summary>The rules of PINs over a real database, without HTTP, at a time that tests move.</summary>
internal sealed class PinRules : IAsyncDisposable
{
    public const int Alice = 1;
    public const int Bob = 2;

    private readonly ServiceProvider _services;

    private readonly TestDatabase _database;

    private PinRules(ServiceProvider services, TestDatabase database, MovedTime time) => (_services, _database, Time) = (services, database, time);

    public MovedTime Time { get; }

    public PinCreationService Creation => _services.GetRequiredService<PinCreationService>();

    public PinPollService Polls => _services.GetRequiredService<PinPollService>();

    public PinLinkService Links => _services.GetRequiredService<PinLinkService>();

    public PlexAuthAccounts Accounts => _services.GetRequiredService<PlexAuthAccounts>();

    public PinStore Store => _services.GetRequiredService<PinStore>();

    public Database Database => _services.GetRequiredService<Database>();

    public static async Task<PinRules> StartAsync(Action<PlexAuthServerOptions>? configure = null, RandomSource? random = null, MovedTime? time = null)
    {
        time ??= new MovedTime();
        var database = new TestDatabase();
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(time);
        if (random is not null)
            services.AddSingleton(random);
        services.Configure<PlexAuthServerOptions>(options =>
        {
            options.DevPersonas = true;
            options.PasswordHashIterations = 1;
            configure?.Invoke(options);
            database.Configure(options);
        });
        var provider = services.AddPlexAuthRules().AddPins().BuildServiceProvider();
        foreach (var startup in provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
            await startup.StartingAsync(TestContext.Current.CancellationToken);

        return new PinRules(provider, database, time);
    }

    public static Caller From(string address) => Caller.SignedIn(IPAddress.Parse(address));

    public static ClientNetwork At(string address) => ClientNetwork.Of(IPAddress.Parse(address));

    public async Task<Pin> CreateAsync(bool strong = false, string client = "app-1", string address = "192.0.2.1")
    {
        var request = new PinRequest(strong, new ClientIdentity(client) { Product = "App" }, Origin: null, At(address));
        return (await Creation.CreateAsync(request, TestContext.Current.CancellationToken)).ShouldBeOfType<PinCreation.Created>().Pin;
    }

    public Task<PinPoll> PollAsync(int id, string client = "app-1", string address = "192.0.2.1") =>
        Polls.GetAsync(id, client, At(address), deviceJwt: null, TestContext.Current.CancellationToken);

    public Task<PinAnswer> AllowAsync(string? code, int account = Alice, string address = "192.0.2.1", string? client = null) =>
        Links.AllowAsync(new PinGuess(code, client, account, From(address)), TestContext.Current.CancellationToken);

    public async Task<int> AddAccountAsync(string name) => await Database.WriteAsync(
        session => session.FirstOrDefaultAsync<int>(
            """
            INSERT INTO accounts (uuid, username, username_key, email, title, friendly_name, joined_at, updated_at, confirmed)
            VALUES (@name, @name, @name, '', @name, '', 0, 0, 1) RETURNING id
            """,
            new { name }),
        TestContext.Current.CancellationToken);

    public ExpirySweeper Sweeper => _services.GetServices<IHostedService>().OfType<ExpirySweeper>().Single();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _database.Dispose();
    }
}

/// <summary>Stands still but for tests.</summary>
internal sealed class MovedTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
