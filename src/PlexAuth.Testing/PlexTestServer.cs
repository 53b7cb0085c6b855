using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server;

namespace PlexAuth.Testing;

/// <summary>A Plex-compatible account service and media server in this process, on a free port of loopback, with everything in memory.</summary>
/// <remarks>
/// Make one for each test, or share one in a fixture: it starts in a fraction of a second, and any number run side by side. What it is asked goes over real
/// sockets, so any client can be tested against it. Thread-safe but for <see cref="RestartAsync"/>.
/// </remarks>
public sealed class PlexTestServer : IAsyncDisposable
{
    private readonly PlexTestServerOptions _options;
    private WebApplication _app;
    private int _clients;

    private PlexTestServer(PlexTestServerOptions options, WebApplication app)
    {
        (_options, _app) = (options, app);
        ServerUrl = new Uri(app.Urls.First());
        AccountUrl = new Uri(ServerUrl, "/api/v2");
    }

    /// <summary>The account service, for <see cref="PlexClientOptions.AccountUrl"/>, without a slash at its end.</summary>
    public Uri AccountUrl { get; }

    /// <summary>The media server "Living Room", and the address of everything else.</summary>
    public Uri ServerUrl { get; }

    /// <summary>The clock of the server and of the clients that it makes. It runs; move it ahead instead of sleeping.</summary>
    public PlexEmulatorClock Clock => Emulator.Clock;

    /// <summary>What goes wrong.</summary>
    public PlexEmulatorFaults Faults => Emulator.Faults;

    /// <summary>What was asked.</summary>
    public PlexEmulatorRequests Requests => Emulator.Requests;

    /// <summary>The controls that a name serves better than a persona, and those over the state.</summary>
    public PlexEmulator Emulator => _app.Services.GetRequiredService<PlexEmulator>();

    /// <summary>Starts a server with the personas.</summary>
    public static Task<PlexTestServer> StartAsync(CancellationToken cancellationToken = default) => StartAsync(new PlexTestServerOptions(), cancellationToken);

    /// <summary>Starts a server.</summary>
    /// <exception cref="PlexEmulatorException">The seed is wrong; the message says where.</exception>
    public static async Task<PlexTestServer> StartAsync(PlexTestServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new PlexTestServer(options, await TestHost.StartAsync(options, previous: null, cancellationToken));
    }

    /// <summary>A client that has a persona's token, and the server's clock.</summary>
    /// <param name="persona">Null for nobody: sign in first.</param>
    /// <param name="configure">Changes the client's options last.</param>
    /// <remarks>Dispose it as any other. Each has a client identifier of its own.</remarks>
    public PlexClient CreateClient(PlexAuthPersona? persona = null, Action<PlexClientOptions>? configure = null)
    {
        var options = new PlexClientOptions
        {
            Identity = new PlexClientIdentity($"plexauth-test-{Interlocked.Increment(ref _clients)}", "PlexAuth tests"),
            Credential = persona is null ? null : PlexCredential.FromToken(new PlexToken(persona.Token)),
            AccountUrl = AccountUrl,
            ServerUrl = ServerUrl,
            TimeProvider = Clock,
        };
        configure?.Invoke(options);
        return new PlexClient(options);
    }

    /// <summary>For calls by hand: the address is set, redirects are not followed, and there is no token, no identity and no format.</summary>
    public HttpClient CreateHttpClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = ServerUrl };

    /// <summary>Adds an account.</summary>
    /// <returns>As a persona, with a token that is valid for it.</returns>
    public async Task<PlexAuthPersona> AddAccountAsync(PlexSeedAccount account, CancellationToken cancellationToken = default) =>
        (await Emulator.SeedAsync(new PlexSeed { Accounts = [account] }, cancellationToken)).Single();

    /// <summary>Makes a Home of accounts that are there.</summary>
    public Task AddHomeAsync(PlexSeedHome home, CancellationToken cancellationToken = default) => Emulator.SeedAsync(new PlexSeed { Homes = [home] }, cancellationToken);

    /// <summary>Adds a media server or provider, or shares and addresses to one that is there, such as "Living Room".</summary>
    public Task AddServerAsync(PlexSeedServer server, CancellationToken cancellationToken = default) => Emulator.SeedAsync(new PlexSeed { Servers = [server] }, cancellationToken);

    /// <inheritdoc cref="PlexEmulator.IssueTokenAsync"/>
    public Task<PlexToken> IssueTokenAsync(PlexAuthPersona account, PlexTokenKind kind = PlexTokenKind.Account, TimeSpan? lifetime = null, CancellationToken cancellationToken = default) =>
        Emulator.IssueTokenAsync(NameOf(account), kind, clientIdentifier: null, lifetime, cancellationToken);

    /// <inheritdoc cref="PlexEmulator.ExpireTokenAsync"/>
    public Task<bool> ExpireTokenAsync(PlexToken token, CancellationToken cancellationToken = default) => Emulator.ExpireTokenAsync(token, cancellationToken);

    /// <inheritdoc cref="PlexEmulator.RevokeTokenAsync"/>
    public Task<bool> RevokeTokenAsync(PlexToken token, CancellationToken cancellationToken = default) => Emulator.RevokeTokenAsync(token, cancellationToken);

    /// <inheritdoc cref="PlexEmulator.RevokeEverythingAsync"/>
    public Task<int> RevokeEverythingAsync(PlexAuthPersona account, CancellationToken cancellationToken = default) =>
        Emulator.RevokeEverythingAsync(NameOf(account), cancellationToken);

    /// <inheritdoc cref="PlexEmulator.ApprovePinAsync"/>
    public Task<bool> ApprovePinAsync(string code, PlexAuthPersona account, CancellationToken cancellationToken = default) =>
        Emulator.ApprovePinAsync(code, NameOf(account), cancellationToken);

    /// <inheritdoc cref="PlexEmulator.DenyPinAsync"/>
    public Task<bool> DenyPinAsync(string code, PlexAuthPersona account, CancellationToken cancellationToken = default) =>
        Emulator.DenyPinAsync(code, NameOf(account), cancellationToken);

    /// <inheritdoc cref="PlexEmulator.ApprovePinsAutomaticallyAsync"/>
    public Task ApprovePinsAutomaticallyAsync(PlexAuthPersona? account, CancellationToken cancellationToken = default) =>
        Emulator.ApprovePinsAutomaticallyAsync(account?.Name, cancellationToken);

    /// <summary>Ends this instance and starts another on the same data and address: accounts and tokens stay, transient tokens die. Clock, faults and requests go on.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        var previous = await Previous.OfAsync(this, cancellationToken);
        await _app.DisposeAsync();
        _app = await TestHost.StartAsync(_options, previous, cancellationToken);
    }

    /// <summary>Stops the server.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string NameOf(PlexAuthPersona account) => (account ?? throw new ArgumentNullException(nameof(account))).Name;
}
