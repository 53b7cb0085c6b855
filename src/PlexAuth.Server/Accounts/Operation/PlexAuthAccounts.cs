using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;

namespace PlexAuth.Server;

/// <summary>Makes accounts on this server. Registered by <c>AddPlexAuthServer</c>, thread-safe, and usable from the moment the host has started.</summary>
/// <remarks>
/// Another process may serve the same data at the same time: a new account can sign in there at once. While the machine is busy with other passwords, those given here wait
/// for their turn. Every member throws <see cref="PlexAuthDatabaseException"/> when the database cannot be used now; nothing was changed then.
/// </remarks>
public sealed partial class PlexAuthAccounts
{
    private readonly AccountService _accounts;
    private readonly Database _database;

    private readonly AccountStore _store;
    private readonly PasswordService _passwords;
    private readonly DeviceService _devices;
    private readonly AccountTransfer _transfer;
    private readonly KeyRotation _rotation;
    private readonly Actor _actor;

    internal PlexAuthAccounts(
        Database database, AccountStore store, AccountService accounts, PasswordService passwords, DeviceService devices, AccountTransfer transfer, KeyRotation rotation)
    {
        _actor = Actor.Operator;
        _database = database;
        _store = store;
        _accounts = accounts;
        _passwords = passwords;
        _devices = devices;
        _transfer = transfer;
        _rotation = rotation;
    }

    private PlexAuthAccounts(PlexAuthAccounts other, Actor actor)
        : this(other._database, other._store, other._accounts, other._passwords, other._devices, other._transfer, other._rotation) =>
        _actor = actor;

    /// <summary>The same, with another name in the audit trail.</summary>
    internal PlexAuthAccounts As(Actor actor) => new(this, actor);

    /// <summary>Whether there is an account at all; a new server has none.</summary>
    public Task<bool> AnyAsync(CancellationToken cancellationToken = default) => WithDatabaseAsync(() => _database.ReadAsync(AccountStore.AnyAsync, cancellationToken));

    /// <summary>Makes an account. The first one of all owns the media server.</summary>
    /// <param name="username">1 to 32 letters a-z, digits, dots, dashes and underscores; unique without regard to case.</param>
    /// <param name="email">An address of the form name@example.com; unique without regard to case. Nothing is sent there.</param>
    /// <param name="password">8 to 256 characters of any script; neither the username nor the address.</param>
    /// <param name="cancellationToken">Ends the wait; the account may or may not have been made.</param>
    /// <exception cref="PlexAuthAccountException">One of the three is not acceptable, or taken.</exception>
    public Task<PlexAuthAccount> CreateAsync(string username, string email, string password, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(username);
        ArgumentNullException.ThrowIfNull(email);
        ArgumentNullException.ThrowIfNull(password);
        return WithPasswordAsync(
            async () => await _accounts.CreateAsync(username, email, password, _actor, cancellationToken) switch
            {
                AccountCreation.Created created => new PlexAuthAccount(created.Account.Id, created.Account.Uuid, created.Account.Username, created.Account.Email, created.OwnsServer),
                AccountCreation.Refused refused => throw new PlexAuthAccountException(refused.Code, refused.Field, refused.Reason),
                var other => throw new InvalidOperationException($"{other.GetType().Name} is not handled."),
            },
            cancellationToken);
    }
}

/// <summary>An account as it was made.</summary>
/// <param name="Id">Number that identifies it on this server.</param>
/// <param name="Uuid">16 hexadecimal digits that identify it anywhere.</param>
/// <param name="Username">What it signs in with.</param>
/// <param name="Email">What it signs in with as well.</param>
/// <param name="OwnsServer">It was the first, and so owns the media server.</param>
public sealed record PlexAuthAccount(int Id, string Uuid, string Username, string Email, bool OwnsServer);
