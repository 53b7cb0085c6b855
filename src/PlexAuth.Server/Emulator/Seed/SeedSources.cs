using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Emulator;

/// <summary>Writes the servers of a seed.</summary>
internal sealed class SeedSources(DatabaseSession session, RandomSource random, DateTimeOffset now, Func<string, Task<int>> accountIdOf)
{
    public async Task AddAsync(PlexSeedServer seed)
    {
        var id = await FindAsync(seed) ?? await InsertAsync(seed);
        foreach (var name in seed.SharedWith)
        {
            await session.ExecuteAsync(
                "INSERT INTO source_shares (source_id, account_id) VALUES (@id, @account) ON CONFLICT DO NOTHING", new { id, account = await accountIdOf(name) });
        }

        var first = await session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM source_connections WHERE source_id = @id", new { id });
        foreach (var (position, connection) in seed.Connections.Index())
            await SourceStore.AddConnectionAsync(session, id, first + position, Read(connection, seed));
    }

    private Task<long?> FindAsync(PlexSeedServer seed) => session.FirstOrDefaultAsync<long?>(
        "SELECT id FROM sources WHERE identifier = @Identifier OR (CAST(@Identifier AS TEXT) IS NULL AND name = @Name)", new { seed.Identifier, seed.Name });

    private async Task<long> InsertAsync(PlexSeedServer seed)
    {
        var identifier = seed.Identifier ?? random.Hex("machine identifier", 40);
        if (SourceName.Parse($"{(seed.Provider ? SourceName.Provider : SourceName.Server)}://{identifier}") is not { } name)
            throw new PlexEmulatorException($"The identifier \"{identifier}\" of server \"{seed.Name}\" has characters other than letters, digits, dots, dashes and underscores.");
        int? owner = seed.Owner is { } account ? await accountIdOf(account) : null;
        return await SourceStore.InsertAsync(session, name, seed.Name, owner, own: false, now);
    }

    private static Connection Read(PlexSeedConnection seed, PlexSeedServer server) => seed.Uri is { IsAbsoluteUri: true, Scheme: "http" or "https" } uri
        ? new() { Protocol = uri.Scheme, Address = uri.Host, Port = uri.Port, Uri = uri.GetLeftPart(UriPartial.Authority), Local = seed.Local, Relay = seed.Relay }
        : throw new PlexEmulatorException($"\"{seed.Uri}\" of server \"{server.Name}\" is not an address such as http://192.0.2.1:32400.");
}
