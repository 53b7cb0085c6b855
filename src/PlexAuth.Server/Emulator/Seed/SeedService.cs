using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Personas;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.SecondFactors;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Emulator;

/// <summary>Writes a seed into the database: all of it, or nothing when a part is wrong.</summary>
internal sealed class SeedService(Database database, PasswordHashing passwords, SecondFactor secondFactor, HomePins pins, TokenGate gate, RandomSource random, TimeProvider time)
{
    // Cheap to make; the first sign-in replaces it by one at the server's cost.
    private static readonly PasswordHasher<Account> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1 }));

    public async Task<IReadOnlyList<PlexAuthPersona>> ApplyAsync(PlexSeed seed, CancellationToken cancellationToken)
    {
        if (seed.Version != PlexSeed.CurrentVersion)
            throw new PlexEmulatorException($"The seed says version {seed.Version}; this program knows version {PlexSeed.CurrentVersion}. Write \"version\": {PlexSeed.CurrentVersion}.");
        return await database.WriteAsync(session => ApplyAsync(session, seed), cancellationToken);
    }

    /// <exception cref="PlexEmulatorException">There is no account of this name.</exception>
    public Task<int> AccountIdAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(session => FindAsync(session, name), cancellationToken);

    private async Task<IReadOnlyList<PlexAuthPersona>> ApplyAsync(DatabaseSession session, PlexSeed seed)
    {
        var accounts = new List<PlexAuthPersona>();
        foreach (var account in seed.Accounts)
            accounts.Add(await AddAsync(session, account));
        foreach (var home in seed.Homes)
            await AddAsync(session, home);
        var sources = new SeedSources(session, random, time.GetUtcNow(), name => FindAsync(session, name));
        foreach (var server in seed.Servers)
            await sources.AddAsync(server);
        return accounts;
    }

    private async Task<PlexAuthPersona> AddAsync(DatabaseSession session, PlexSeedAccount seed)
    {
        if (string.IsNullOrWhiteSpace(seed.Name))
            throw new PlexEmulatorException("An account of the seed has no \"name\". Give each one, such as \"ivan\".");
        var persona = Complete(seed);
        if (await IsTakenAsync(session, persona))
            throw new PlexEmulatorException($"There is an account with the name or e-mail address of \"{seed.Name}\" already. Give the seed's account another one.");

        var id = await AccountStore.InsertAsync(session, Row(seed, persona));
        await SourceStore.ClaimOwnAsync(session, id);
        var client = new ClientIdentity($"plexauth-seed-{id}") { Product = "PlexAuth seed", DeviceName = "Seeded token", Platform = "PlexAuth" };
        var device = await DeviceStore.SignInAsync(session, id, client, address: null, time.GetUtcNow());
        var token = await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Account, id, device) { Fixed = seed.Token is { } text ? new PlexToken(text) : null });
        if (seed.Disabled)
            await AccountStore.SetDisabledAsync(session, id, disabled: true, time.GetUtcNow());
        return persona with { Token = token!.Value.Reveal() };
    }

    private static PlexAuthPersona Complete(PlexSeedAccount seed) => new(seed.Name, seed.Token ?? "", "seeded")
    {
        Email = seed.Managed ? null : seed.Email ?? $"{seed.Name}@example.com",
        Password = seed.Managed ? null : seed.Password ?? $"{seed.Name}-password",
        HomePin = seed.HomePin,
        TotpSecret = seed.TotpSecret,
    };

    private static async Task<bool> IsTakenAsync(DatabaseSession session, PlexAuthPersona persona) =>
        persona.Email is not null
        && (await AccountStore.UsernameTakenAsync(session, LoginKey.From(persona.Name)!) || await AccountStore.EmailTakenAsync(session, LoginKey.From(persona.Email)!));

    private NewAccount Row(PlexSeedAccount seed, PlexAuthPersona persona)
    {
        var uuid = PersonaUuid.Of(persona.Name);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new()
        {
            Uuid = uuid,
            Username = seed.Managed ? "" : persona.Name,
            UsernameKey = seed.Managed ? null : LoginKey.From(persona.Name),
            Email = persona.Email ?? "",
            EmailKey = LoginKey.From(persona.Email),
            Title = persona.Name,
            JoinedAt = now,
            Confirmed = seed.Unconfirmed ? 0 : 1,
            SealedPassword = persona.Password is { } password ? passwords.Seal(uuid, Hasher.HashPassword(null!, password)) : null,
            TwoFactorEnabled = seed.TotpSecret is null ? 0 : 1,
            SealedTotpSeed = seed.TotpSecret is { } secret ? secondFactor.Seal(uuid, Base32.Decode(secret)) : null,
            Restricted = seed.Managed ? 1 : 0,
            RestrictionProfile = seed.Managed ? "little_kid" : null,
            SealedHomePin = seed.HomePin is { } pin ? pins.Seal(uuid, Hasher.HashPassword(null!, pin)) : null,
            SubscriptionPlan = seed.PlexPass ? "lifetime" : null,
            SubscribedAt = seed.PlexPass ? now : null,
        };
    }

    private static async Task AddAsync(DatabaseSession session, PlexSeedHome seed)
    {
        var home = await AccountStore.InsertHomeAsync(session, $"{seed.Admin}'s Home");
        foreach (var name in seed.Members.Prepend(seed.Admin))
        {
            var id = await FindAsync(session, name);
            var joined = await session.ExecuteAsync(
                "UPDATE accounts SET home_id = @home, home_admin = @admin WHERE id = @id AND home_id IS NULL", new { home, id, admin = name == seed.Admin ? 1 : 0 });
            if (joined == 0)
                throw new PlexEmulatorException($"\"{name}\" is in a Home already. An account is in one at most.");
        }
    }

    private static async Task<int> FindAsync(DatabaseSession session, string name) =>
        await session.FirstOrDefaultAsync<int?>(
            "SELECT id FROM accounts WHERE username_key = @key OR email_key = @key OR (username = '' AND title = @name) ORDER BY id", new { key = LoginKey.From(name), name })
        ?? throw new PlexEmulatorException($"There is no account \"{name}\". GET /_emulator/personas lists those there are.");
}
