using System.Text.Json;
using System.Text.Json.Nodes;
using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys.Issuer;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.Emulator;

/// <summary>Writes all that the server keeps into one JSON document, keys included, and reads it back. Only for a database in memory, where nothing is secret.</summary>
internal sealed class EmulatorState(
    Database database, KeyRing keys, OwnServer own, IssuerKeyService issuer, TokenCache tokens, TransientEpochs epochs, RandomSource random)
{
    private const int Version = 1;
    private const string Blob = "base64";

    /// <summary>SQLite's table of the highest id of each table.</summary>
    private const string Sequences = "sqlite_sequence";

    public async Task<byte[]> ExportAsync(CancellationToken cancellationToken)
    {
        var tables = await database.ReadAsync(ExportAsync, cancellationToken);
        var ring = new JsonObject(keys.Export().Select(key => KeyValuePair.Create($"{key.Key}", (JsonNode?)Convert.ToBase64String(key.Value))));
        var state = new JsonObject { ["version"] = Version, ["keys"] = ring, ["tables"] = tables };
        if (random is KnownRandomSource known)
            state["drawn"] = new JsonObject(known.Drawn.Select(purpose => KeyValuePair.Create(purpose.Key, (JsonNode?)purpose.Value)));
        return JsonSerializer.SerializeToUtf8Bytes(state);
    }

    /// <exception cref="PlexEmulatorException">Not a state of this version; nothing was changed.</exception>
    public async Task ImportAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken)
    {
        var document = Parse(state);
        try
        {
            var ring = document["keys"]!.AsObject().ToDictionary(key => byte.Parse(key.Key), key => Convert.FromBase64String(key.Value!.GetValue<string>()));
            await database.WriteAsync(session => ImportAsync(session, document["tables"]!.AsObject()), cancellationToken);
            keys.Import(ring);
            if (random is KnownRandomSource known && document["drawn"] is JsonObject drawn)
                known.Return(drawn.ToDictionary(purpose => purpose.Key, purpose => purpose.Value!.GetValue<int>(), StringComparer.Ordinal));
        }
        catch (Exception e) when (e is NullReferenceException or FormatException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            throw new PlexEmulatorException("The state is damaged: import it exactly as GET /_emulator/state gave it.", e);
        }

        Begin();
        await own.OpenAsync(cancellationToken);
    }

    /// <summary>Begins as a server does that has just started: it knows nothing of before, and takes no transient token of before.</summary>
    public void Begin()
    {
        tokens.Forget(_ => true);
        issuer.Forget();
        epochs.Current = epochs.Create(leaseEndsAt: null);
    }

    private static JsonNode Parse(ReadOnlyMemory<byte> state)
    {
        try
        {
            var document = JsonNode.Parse(state.Span) ?? throw new JsonException();
            return document["version"]?.GetValue<int>() == Version
                ? document
                : throw new PlexEmulatorException($"The state has version {document["version"]}; this program reads version {Version}. Export it anew with this program.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new PlexEmulatorException("The state is not JSON as GET /_emulator/state gives it.", e);
        }
    }

    private static async Task<JsonObject> ExportAsync(DatabaseSession session)
    {
        var tables = new JsonObject();
        foreach (var table in await TablesAsync(session))
        {
            var rows = await session.ListAsync<object>($"SELECT * FROM \"{table}\"");
            tables[table] = new JsonArray([.. rows.Cast<IDictionary<string, object?>>().Select(row => (JsonNode)new JsonObject(row.Select(Write)))]);
        }

        return tables;
    }

    private static KeyValuePair<string, JsonNode?> Write(KeyValuePair<string, object?> cell) => new(cell.Key, cell.Value switch
    {
        null => null,
        byte[] bytes => new JsonObject { [Blob] = Convert.ToBase64String(bytes) },
        long number => number,
        string text => text,
        var other => throw new InvalidOperationException($"Column {cell.Key} holds a {other.GetType().Name}."),
    });

    private static async Task ImportAsync(DatabaseSession session, JsonObject tables)
    {
        await session.ExecuteAsync("PRAGMA defer_foreign_keys=ON");
        var known = await TablesAsync(session);
        foreach (var table in known)
            await session.ExecuteAsync($"DELETE FROM \"{table}\"");
        foreach (var (table, rows) in tables.OrderBy(table => table.Key == Sequences))
        {
            // The rows that are in by now have made new ones.
            if (table == Sequences)
                await session.ExecuteAsync($"DELETE FROM {Sequences}");
            if (!known.Contains(table, StringComparer.Ordinal))
                throw Newer(table);
            var columns = await session.ListAsync<string>("SELECT name FROM pragma_table_info(@table)", new { table });
            foreach (var row in rows!.AsArray())
                await InsertAsync(session, table, columns, row!.AsObject());
        }
    }

    private static Task<int> InsertAsync(DatabaseSession session, string table, IReadOnlyList<string> columns, JsonObject row)
    {
        var cells = row.ToDictionary(cell => cell.Key, cell => Read(cell.Value), StringComparer.Ordinal);
        if (cells.Keys.FirstOrDefault(column => !columns.Contains(column, StringComparer.Ordinal)) is { } foreign)
            throw Newer($"{table}.{foreign}");
        return session.ExecuteAsync(
            $"INSERT INTO \"{table}\" ({string.Join(", ", cells.Keys.Select(column => $"\"{column}\""))}) VALUES ({string.Join(", ", cells.Keys.Select(column => "@" + column))})", cells);
    }

    private static object? Read(JsonNode? cell) => cell switch
    {
        null => null,
        JsonObject blob => Convert.FromBase64String(blob[Blob]!.GetValue<string>()),
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        _ => cell.GetValue<string>(),
    };

    private static Task<IReadOnlyList<string>> TablesAsync(DatabaseSession session) => session.ListAsync<string>(
        $"SELECT name FROM sqlite_master WHERE type = 'table' AND (name NOT LIKE 'sqlite_%' OR name = '{Sequences}') AND name <> 'schema_migrations' ORDER BY name");

    private static PlexEmulatorException Newer(string what) => new($"The state has \"{what}\", which this program does not know: a newer one wrote it. Use that one.");
}
