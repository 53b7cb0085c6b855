using Microsoft.Extensions.Options;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Authority;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Resources;
using PlexAuth.Server.SecondFactors;
using PlexAuth.Server.Sharing;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Personas;

/// <summary>Fills an empty database with the documented personas, their servers and what they share.</summary>
internal sealed class DevPersonas(
    Database database, PasswordHashing passwords, SecondFactor secondFactor, HomePins pins, PersonaHashes hashes, TokenGate gate, OwnClaim claim,
    IOptions<PlexAuthServerOptions> options, TimeProvider time)
{
    public const string LivingRoom = "0123456789abcdef0123456789abcdef01234567";
    public const string LivingRoomName = "Living Room";
    public const string Attic = "89abcdef0123456789abcdef0123456789abcdef";
    public const string AtticName = "Attic";
    public const string Podcasts = "tv.plex.provider.podcasts";

    private static readonly PlexToken AtticToken = new("attic-dev-token-0001");
    private static readonly DateTimeOffset Joined = new(2020, 2, 2, 20, 20, 20, TimeSpan.Zero);

    /// <summary>The personas' accounts; in a media server by itself, the token with which bob's "Attic" reports to them.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (options.Value is { DevPersonas: true, AccountUrl: not null })
            await claim.ReplaceAsync(AtticToken, cancellationToken);
        else if (options.Value.DevPersonas)
            await database.WriteAsync(SeedAsync, cancellationToken);
    }

    private async Task SeedAsync(DatabaseSession session)
    {
        if (await AccountStore.AnyAsync(session))
            return;
        var home = await AccountStore.InsertHomeAsync(session, "Alice's Home");
        var ids = new Dictionary<PlexAuthPersona, int>();
        foreach (var persona in PlexAuthPersona.All)
            ids[persona] = await SeedAsync(session, persona, home);

        await AccountStore.SetDisabledAsync(session, ids[PlexAuthPersona.Heidi], disabled: true, Joined);
        await SeedSourcesAsync(session, ids);
    }

    private async Task<int> SeedAsync(DatabaseSession session, PlexAuthPersona persona, int home)
    {
        var id = await AccountStore.InsertAsync(session, Row(persona, home));
        var client = new ClientIdentity($"plexauth-dev-{persona.Name}") { Product = "PlexAuth personas", DeviceName = "Dev token", Platform = "PlexAuth" };
        var device = await DeviceStore.SignInAsync(session, id, client, address: null, time.GetUtcNow());
        await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Account, id, device) { Fixed = new PlexToken(persona.Token) });
        return id;
    }

    private NewAccount Row(PlexAuthPersona persona, int home)
    {
        var uuid = PersonaUuid.Of(persona.Name);
        var atHome = persona == PlexAuthPersona.Alice || persona.HomePin is not null;
        var managed = persona.Password is null;
        var subscribed = persona == PlexAuthPersona.Alice;
        return new()
        {
            Uuid = uuid,
            Username = managed ? "" : persona.Name,
            UsernameKey = managed ? null : LoginKey.From(persona.Name),
            Email = persona.Email ?? "",
            EmailKey = LoginKey.From(persona.Email),
            Title = persona.Name,
            FriendlyName = "",
            JoinedAt = Joined.ToUnixTimeMilliseconds(),
            Confirmed = persona == PlexAuthPersona.Grace ? 0 : 1,
            SealedPassword = persona.Password is { } password ? passwords.Seal(uuid, hashes.Of(password)) : null,
            TwoFactorEnabled = persona.TotpSecret is null ? 0 : 1,
            SealedTotpSeed = persona.TotpSecret is { } secret ? secondFactor.Seal(uuid, Base32.Decode(secret)) : null,
            HomeId = atHome ? home : null,
            HomeAdmin = subscribed ? 1 : 0,
            Restricted = managed ? 1 : 0,
            RestrictionProfile = managed ? "little_kid" : null,
            SealedHomePin = persona.HomePin is { } pin ? pins.Seal(uuid, hashes.Of(pin)) : null,
            SubscriptionPlan = subscribed ? "lifetime" : null,
            SubscribedAt = subscribed ? Joined.ToUnixTimeMilliseconds() : null,
        };
    }

    private async Task SeedSourcesAsync(DatabaseSession session, Dictionary<PlexAuthPersona, int> ids)
    {
        await SourceStore.ClaimOwnAsync(session, ids[PlexAuthPersona.Alice]);
        var livingRoom = await SourceStore.FindOwnIdAsync(session);
        foreach (var guest in (PlexAuthPersona[])[PlexAuthPersona.Bob, PlexAuthPersona.Erin, PlexAuthPersona.Frank])
            await SharingStore.ShareAsync(session, livingRoom, new Invited { AccountId = ids[guest], Email = guest.Email }, time.GetUtcNow());

        var attic = await SeedAtticAsync(session, ids[PlexAuthPersona.Bob]);
        await SharingStore.ShareAsync(session, attic, new Invited { AccountId = ids[PlexAuthPersona.Alice], Email = PlexAuthPersona.Alice.Email }, time.GetUtcNow());
        await SeedSourceAsync(session, new(SourceName.Provider, Podcasts), "Podcasts", owner: null, PersonaConnections.Podcasts);
    }

    private async Task<long> SeedAtticAsync(DatabaseSession session, int owner)
    {
        var name = new SourceName(SourceName.Server, Attic);
        if (options.Value.DevAttic is not { } address)
            return await SeedSourceAsync(session, name, AtticName, owner, PersonaConnections.Attic);

        var connection = OwnConnections.To(address);
        var attic = await SeedSourceAsync(session, name, AtticName, owner, [connection]);
        await SourceStore.SetReportedFromAsync(session, attic, connection.Address);
        var device = await DeviceStore.SignInAsync(session, owner, new ClientIdentity(Attic) { Product = ServerProduct.Name, DeviceName = AtticName, Provides = ServerProduct.Provides }, address: null, time.GetUtcNow());
        await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Server, owner, device) { MachineIdentifier = Attic, Fixed = AtticToken });
        return attic;
    }

    private async Task<long> SeedSourceAsync(DatabaseSession session, SourceName name, string displayName, int? owner, IReadOnlyList<Connection> connections)
    {
        var id = await SourceStore.InsertAsync(session, name, displayName, owner, own: false, time.GetUtcNow());
        foreach (var (position, connection) in connections.Index())
            await SourceStore.AddConnectionAsync(session, id, position, connection);
        return id;
    }
}
