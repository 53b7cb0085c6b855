using Microsoft.Extensions.Options;
using PlexAuth.Server.Emulator;

namespace PlexAuth.Server;

/// <summary>The controls of a server under test. Registered by <c>AddPlexEmulator</c>, thread-safe, and usable from the moment the host has started.</summary>
/// <remarks>Accounts are named by username, e-mail address, or the title of a managed user. An unknown name is a <see cref="PlexEmulatorException"/>.</remarks>
public sealed class PlexEmulator
{
    private readonly SeedService _seeds;
    private readonly EmulatorState _state;
    private readonly TokenControl _tokens;
    private readonly AutomaticPins _pins;
    private readonly List<PlexAuthPersona> _personas;
    private IReadOnlyList<PlexAuthPersona> _initialPersonas = [];
    private byte[] _initialState = [];

    internal PlexEmulator(
        PlexEmulatorClock clock, PlexEmulatorFaults faults, PlexEmulatorRequests requests,
        SeedService seeds, EmulatorState state, TokenControl tokens, AutomaticPins pins, IOptions<PlexAuthServerOptions> options)
    {
        (Clock, Faults, Requests) = (clock, faults, requests);
        (_seeds, _state, _tokens, _pins) = (seeds, state, tokens, pins);
        _personas = options.Value.DevPersonas ? [.. PlexAuthPersona.All] : [];
    }

    /// <summary>The clock that the whole server goes by.</summary>
    public PlexEmulatorClock Clock { get; }

    /// <summary>What goes wrong.</summary>
    public PlexEmulatorFaults Faults { get; }

    /// <summary>What was asked.</summary>
    public PlexEmulatorRequests Requests { get; }

    /// <summary>The personas that are there, then the accounts of seeds.</summary>
    public IReadOnlyList<PlexAuthPersona> Personas
    {
        get
        {
            lock (_personas)
                return [.. _personas];
        }
    }

    /// <summary>Adds accounts, Homes and servers: all of them, or none when one is wrong.</summary>
    /// <returns>The accounts, with the tokens that are valid for them.</returns>
    public async Task<IReadOnlyList<PlexAuthPersona>> SeedAsync(PlexSeed seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seed);
        var added = await _seeds.ApplyAsync(seed, cancellationToken);
        lock (_personas)
            _personas.AddRange(added);
        return added;
    }

    /// <summary>Makes a token without a sign-in.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="kind">Account, server (for this media server) or transient.</param>
    /// <param name="clientIdentifier">The device it is for; null makes a device of its own.</param>
    /// <param name="lifetime">Null for a token without an end; a transient token takes its own from its kind.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<PlexToken> IssueTokenAsync(
        string account, PlexTokenKind kind = PlexTokenKind.Account, string? clientIdentifier = null, TimeSpan? lifetime = null, CancellationToken cancellationToken = default) =>
        await _tokens.IssueAsync(await _seeds.AccountIdAsync(account, cancellationToken), kind, clientIdentifier, lifetime, cancellationToken);

    /// <summary>Lets a token's time be over now.</summary>
    /// <returns>False for a token that is not stored, such as a transient one: that ends with its parent or by <see cref="Clock"/>.</returns>
    public Task<bool> ExpireTokenAsync(PlexToken token, CancellationToken cancellationToken = default) => _tokens.ExpireAsync(token, cancellationToken);

    /// <summary>Revokes a token, and the transient ones made from it.</summary>
    /// <returns>False for a token that is not stored.</returns>
    public Task<bool> RevokeTokenAsync(PlexToken token, CancellationToken cancellationToken = default) => _tokens.RevokeAsync(token, cancellationToken);

    /// <summary>Signs an account out everywhere, as a new password can: all its tokens, device keys and browsers. The password stays.</summary>
    /// <returns>How many tokens were revoked.</returns>
    public async Task<int> RevokeEverythingAsync(string account, CancellationToken cancellationToken = default) =>
        await _tokens.RevokeAllAsync(await _seeds.AccountIdAsync(account, cancellationToken), cancellationToken);

    /// <summary>Allows a PIN that an app shows, as if the account's owner had done so in a browser.</summary>
    /// <returns>False when no PIN with this code is waiting.</returns>
    public async Task<bool> ApprovePinAsync(string code, string account, CancellationToken cancellationToken = default) =>
        await _pins.DecideAsync(code, await _seeds.AccountIdAsync(account, cancellationToken), allow: true, cancellationToken);

    /// <summary>Denies a PIN that an app shows.</summary>
    /// <returns>False when no PIN with this code is waiting.</returns>
    public async Task<bool> DenyPinAsync(string code, string account, CancellationToken cancellationToken = default) =>
        await _pins.DecideAsync(code, await _seeds.AccountIdAsync(account, cancellationToken), allow: false, cancellationToken);

    /// <summary>Allows every PIN as one account as soon as the app asks how it stands; null ends this.</summary>
    public async Task ApprovePinsAutomaticallyAsync(string? account, CancellationToken cancellationToken = default) =>
        _pins.AllowAs = account is null ? null : await _seeds.AccountIdAsync(account, cancellationToken);

    /// <summary>Everything that the server keeps, keys included, as UTF-8 JSON. Works with a database in memory or another SQLite one.</summary>
    public Task<byte[]> ExportStateAsync(CancellationToken cancellationToken = default) => _state.ExportAsync(cancellationToken);

    /// <summary>Puts an exported state in place of what is there. Transient tokens die, as at every start.</summary>
    public Task ImportStateAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default) => _state.ImportAsync(state, cancellationToken);

    /// <summary>Puts everything back to how it was at the start, faults, requests and automatic approval included; only the clock goes on. Transient tokens die.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken = default)
    {
        await _state.ImportAsync(_initialState, cancellationToken);
        lock (_personas)
        {
            _personas.Clear();
            _personas.AddRange(_initialPersonas);
        }

        _pins.AllowAs = null;
        Faults.Clear();
        Requests.Clear();
    }

    internal async Task StartAsync(PlexEmulatorOptions options, CancellationToken cancellationToken)
    {
        if (options.Seed is { } seed)
            await SeedAsync(seed, cancellationToken);
        if (options.State is { } state)
            await ImportStateAsync(state, cancellationToken);
        (_initialPersonas, _initialState) = (Personas, await ExportStateAsync(cancellationToken));
        _state.Begin();
    }
}
