using PlexAuth.Server.Audit;

namespace PlexAuth.Server.Data;

/// <summary>Replaces the key that seals what is kept for long. The new key is on the disk before anything is sealed with it; a killed rotation is finished by the next.</summary>
internal sealed class KeyRotation(Database database, KeyRing keys, TimeProvider time) : IDisposable
{
    // Where sealed values live, and whose they are. PINs are not here: they are gone before a former key could be.
    private static readonly (string Table, string Id, string Column, string Purpose, string Owner)[] Sealed =
    [
        ("accounts", "id", "sealed_password", "password", "uuid"),
        ("accounts", "id", "sealed_totp_seed", "totp", "uuid"),
        ("accounts", "id", "sealed_home_pin", "home-pin", "uuid"),
        ("sources", "id", "sealed_claim", "own-claim", "identifier"),
        ("issuer_keys", "generation", "sealed_private_key", "issuer key", "CAST(generation AS TEXT)"),
    ];

    private const int Portion = 100;
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>One at a time, over all processes on the database.</summary>
    /// <returns>How many values were sealed anew.</returns>
    public async Task<int> RotateAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var held = await database.LockStartAsync(cancellationToken);
            await keys.AddKeyAsync(database, cancellationToken);
            await database.WriteAsync(session => SecurityEventStore.AddAsync(session, new(SecurityEventKind.KeysRotated, AccountId: null, Actor.Operator), time.GetUtcNow()), cancellationToken);
            return await SealAnewAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<int> SealAnewAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var (table, id, column, purpose, owner) in Sealed)
        {
            var rows = await database.ReadAsync(
                session => session.ListAsync<SealedRow>($"SELECT {id} AS Id, {owner} AS Owner, {column} AS Value FROM {table} WHERE {column} IS NOT NULL"), cancellationToken);
            foreach (var portion in rows.Chunk(Portion))
            {
                var fresh = portion.Select(row => (row.Id, row.Value, Fresh: keys.Seal(purpose, row.Owner, keys.Unseal(purpose, row.Owner, row.Value)))).ToList();
                count += await database.WriteAsync(
                    async session =>
                    {
                        // What was changed meanwhile stays: whoever changed it sealed it.
                        var changed = 0;
                        foreach (var (rowId, value, sealedAnew) in fresh)
                            changed += await session.ExecuteAsync($"UPDATE {table} SET {column} = @sealedAnew WHERE {id} = @rowId AND {column} = @value", new { sealedAnew, rowId, value });
                        return changed;
                    },
                    cancellationToken);
            }
        }

        return count;
    }

    private sealed class SealedRow
    {
        public long Id { get; set; }

        public string Owner { get; set; } = "";

        public byte[] Value { get; set; } = [];
    }
}
