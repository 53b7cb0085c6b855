namespace PlexAuth.Server.Data;

/// <summary>Replaces the key that seals what is kept for long. The new key is on the disk before anything is sealed with it; a killed rotation is finished by the next.</summary>
internal sealed class KeyRotation(Database database, KeyRing keys)
{
    // Where sealed values live, and whose they are. PINs are not here: they are gone before a former key could be.
    private static readonly (string Table, string Id, string Column, string Purpose, string Owner)[] Sealed =
    [
        ("accounts", "id", "sealed_password", "password", "uuid"),
        ("accounts", "id", "sealed_totp_seed", "totp", "uuid"),
        ("accounts", "id", "sealed_home_pin", "home-pin", "uuid"),
        ("sources", "id", "sealed_claim", "own-claim", "identifier"),
    ];

    /// <returns>How many values were sealed anew.</returns>
    public async Task<int> RotateAsync(CancellationToken cancellationToken)
    {
        keys.AddKey();
        var count = 0;
        foreach (var (table, id, column, purpose, owner) in Sealed)
        {
            var rows = await database.ReadAsync(
                session => session.ListAsync<SealedRow>($"SELECT {id} AS Id, {owner} AS Owner, {column} AS Value FROM {table} WHERE {column} IS NOT NULL"), cancellationToken);
            foreach (var row in rows)
            {
                // A value that was changed meanwhile is under the new key already.
                var fresh = keys.Seal(purpose, row.Owner, keys.Unseal(purpose, row.Owner, row.Value));
                count += await database.WriteAsync(
                    session => session.ExecuteAsync($"UPDATE {table} SET {column} = @fresh WHERE {id} = @Id AND {column} = @Value", new { fresh, row.Id, row.Value }), cancellationToken);
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
