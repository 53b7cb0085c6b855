using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using PlexAuth.Server.Data;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.DeviceKeys.Issuer;

/// <summary>The keys that sign tokens: made at the first start, sealed at rest, replaced every thirty days by whichever replica notices first.</summary>
/// <remarks>Each replica reads them anew every five minutes at the latest, so one may sign with a retired key for that long; its public half is still published.</remarks>
internal sealed partial class IssuerKeyService(Database database, KeyRing keys, RandomSource random, TimeProvider time, ILogger<IssuerKeyService> logger) : IDisposable
{
    private const string Purpose = "issuer key";
    private const int SeedLength = 32;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _reading = new(1);
    private volatile IssuerKeys? _current;

    /// <summary>Not to be called within a write to the database, as this may need one itself.</summary>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is missing.</exception>
    public async ValueTask<IssuerKeys> GetAsync(CancellationToken cancellationToken)
    {
        if (_current is { } kept && IsFresh(kept))
            return kept;

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } read && IsFresh(read))
                return read;

            var rows = await ListAsync(cancellationToken);
            if (rows.Count == 0 || DateTimeOffset.FromUnixTimeMilliseconds(rows[^1].CreatedAt) + Lifetime <= time.GetUtcNow())
                rows = await AddAsync(rows, cancellationToken);
            return _current = Open(rows);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Replaces the signing key now, say because it may have been seen by others. Tokens that it signed stay valid until they expire or are revoked.</summary>
    public async Task<IssuerKeys> RotateAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return _current = Open(await AddAsync(await ListAsync(cancellationToken), cancellationToken));
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads them anew when they are next asked for, as the database was put in place of another.</summary>
    public void Forget() => _current = null;

    public void Dispose() => _reading.Dispose();

    private bool IsFresh(IssuerKeys kept) =>
        time.GetElapsedTime(kept.ReadAt) < ReadAgain && kept.Signing.CreatedAt + Lifetime > time.GetUtcNow();

    private Task<IReadOnlyList<IssuerKeyRow>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(session => IssuerKeyStore.ListAsync(session, time.GetUtcNow()), cancellationToken);

    private async Task<IReadOnlyList<IssuerKeyRow>> AddAsync(IReadOnlyList<IssuerKeyRow> known, CancellationToken cancellationToken)
    {
        var generation = known.Count == 0 ? 1 : known[^1].Generation + 1;
        using var key = Draw();
        var row = new IssuerKeyRow
        {
            Generation = generation,
            PublicKey = key.PublicKey.ToJson(),
            SealedPrivateKey = keys.Seal(Purpose, $"{generation}", Encoding.UTF8.GetBytes(key.ExportJwk())),
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        if (await database.WriteAsync(session => IssuerKeyStore.AddAsync(session, row), cancellationToken))
            Made(generation, key.KeyId);
        return await ListAsync(cancellationToken);
    }

    private PlexSigningKey Draw()
    {
        Span<byte> seed = stackalloc byte[SeedLength];
        random.Fill(Purpose, seed);
        try
        {
            return PlexSigningKey.ImportSeed(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private IssuerKeys Open(IReadOnlyList<IssuerKeyRow> rows)
    {
        var last = rows[^1];
        if (_current is { } kept && kept.Signing.Generation == last.Generation)
            return kept with { Published = Published(rows), ReadAt = time.GetTimestamp() };

        var key = PlexSigningKey.ImportJwk(Encoding.UTF8.GetString(keys.Unseal(Purpose, $"{last.Generation}", last.SealedPrivateKey!)));
        return new IssuerKeys(new SigningKey(last.Generation, key, DateTimeOffset.FromUnixTimeMilliseconds(last.CreatedAt)), Published(rows), time.GetTimestamp());
    }

    private static IReadOnlyList<PublishedKey> Published(IReadOnlyList<IssuerKeyRow> rows) =>
        [.. rows.Select(row => new PublishedKey(PlexJwk.Parse(row.PublicKey), DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), row.RetiredAt is null))];

    [LoggerMessage(Level = LogLevel.Information, Message = "Issuer key {Generation} was made: {KeyId}")]
    private partial void Made(long generation, string keyId);
}

/// <param name="Signing">The newest.</param>
/// <param name="Published">All that tokens may still be signed by, oldest first.</param>
/// <param name="ReadAt">A timestamp.</param>
internal sealed record IssuerKeys(SigningKey Signing, IReadOnlyList<PublishedKey> Published, long ReadAt)
{
    public IReadOnlyList<PlexJwk> PublicKeys => [.. Published.Select(key => key.Key)];
}

internal sealed record SigningKey(long Generation, PlexSigningKey Key, DateTimeOffset CreatedAt);

internal sealed record PublishedKey(PlexJwk Key, DateTimeOffset CreatedAt, bool Signs);
