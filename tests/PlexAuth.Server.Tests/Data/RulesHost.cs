using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Tests.Data;

/// <summary>The rules on a real database of the test's engine, started as the server starts them, without HTTP.</summary>
internal sealed class RulesHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly TestDatabase _database;

    private RulesHost(ServiceProvider services, TestDatabase database) => (_services, _database) = (services, database);

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<RulesHost> StartWithPersonasAsync(TimeProvider? time = null, Action<IServiceCollection>? replace = null) =>
        StartAsync(options => options.DevPersonas = true, time, replace);

    public static async Task<RulesHost> StartAsync(Action<PlexAuthServerOptions>? configure = null, TimeProvider? time = null, Action<IServiceCollection>? replace = null)
    {
        var database = new TestDatabase();
        var services = new ServiceCollection();
        services.AddLogging();
        services.Configure<PlexAuthServerOptions>(options =>
        {
            options.PasswordHashIterations = 1000;
            configure?.Invoke(options);
            database.Configure(options);
        });
        services.AddSingleton(time ?? TimeProvider.System);
        replace?.Invoke(services);
        services.AddPlexAuthRules();
        var host = new RulesHost(services.BuildServiceProvider(), database);
        try
        {
            foreach (var startup in host._services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
                await startup.StartingAsync(Cancelled);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<SignInResult> TrySignInAsync(string? login, string? password, string? code = null, string client = "test-client") =>
        Get<SignInService>().SignInAsync(new SignInAttempt(login, password, code, new ClientIdentity(client), Address: null), Cancelled);

    public async Task<string> SignInAsync(string login, string password, string? code = null, string client = "test-client") =>
        (await TrySignInAsync(login, password, code, client)).ShouldBeOfType<SignInResult.SignedIn>().Token.Reveal();

    public async Task<TokenGrant?> ValidateAsync(string token) => await Get<TokenValidator>().ValidateAsync(token, Cancelled);

    public async Task<TokenGrant> GrantAsync(string token) => (await ValidateAsync(token)).ShouldNotBeNull();

    public Task<T> ReadAsync<T>(string sql, object? parameters = null) =>
        Get<Database>().ReadAsync(async session => (await session.FirstOrDefaultAsync<T>(sql, parameters))!, Cancelled);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _database.Dispose();
    }
}
