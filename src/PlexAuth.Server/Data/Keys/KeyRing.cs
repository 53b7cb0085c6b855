using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Data;

/// <summary>The keys that protect what the database keeps. They live in a file beside it, never in it, so that a stolen database alone opens nothing.</summary>
/// <remarks>A sealed value is <c>format | key id | nonce | tag | ciphertext</c> under AES-256-GCM, bound to its purpose and its owner.</remarks>
internal sealed class KeyRing(RandomSource random, IOptions<PlexAuthServerOptions> options)
{
    private const byte Format = 1;
    private const int HeaderLength = 2;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const string FingerprintSetting = "key_fingerprint";

    /// <summary>Which key was last made, so that no two servers make different ones under one number.</summary>
    private const string NewestSetting = "newest_key";

    private SortedDictionary<byte, byte[]> _keys = [];

    /// <summary>Reads the keys, or makes the first; a database that was written under other keys is refused, as nobody could sign in to it.</summary>
    /// <exception cref="PlexAuthDatabaseException">The key file is missing, foreign, unreadable or open to others.</exception>
    public async Task OpenAsync(Database database, CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync(session => SettingStore.FindAsync(session, FingerprintSetting), cancellationToken);
        _keys = Location.KeyFile is null ? new() { [1] = Draw() } : KeyFile.Open(Location, mayCreate: known is null);
        if (known is null)
            await database.WriteAsync(session => SettingStore.AddAsync(session, FingerprintSetting, Fingerprint(_keys.First().Value)), cancellationToken);
        else if (known != Fingerprint(_keys.First().Value))
            throw new PlexAuthDatabaseException($"The keys in \"{Location.KeyFile}\" do not belong to this database: stored passwords could not be checked. Restore both from the same backup.");
        await NoteNewestAsync(database, cancellationToken);
    }

    /// <summary>The keys themselves, for an emulator's state.</summary>
    public IReadOnlyDictionary<byte, byte[]> Export() => _keys;

    /// <summary>Takes the keys that an emulator's imported state was written under.</summary>
    public void Import(IDictionary<byte, byte[]> keys) => _keys = new(keys);

    /// <summary>Makes a key that seals from now on. The others still open what they sealed. To be called by one process at a time.</summary>
    /// <exception cref="PlexAuthDatabaseException">The key file lacks the latest key, or cannot be written.</exception>
    public async Task AddKeyAsync(Database database, CancellationToken cancellationToken)
    {
        if (Location.KeyFile is not null)
            _keys = KeyFile.Open(Location, mayCreate: false);
        await NoteNewestAsync(database, cancellationToken);
        _keys = Location.KeyFile is not null ? KeyFile.Add(Location) : new(_keys) { [(byte)(_keys.Last().Key + 1)] = Draw() };
        await NoteNewestAsync(database, cancellationToken);
    }

    public byte[] Seal(string purpose, string owner, ReadOnlySpan<byte> value)
    {
        var (id, key) = _keys.Last();
        var sealedValue = new byte[HeaderLength + NonceLength + TagLength + value.Length];
        (sealedValue[0], sealedValue[1]) = (Format, id);
        var nonce = sealedValue.AsSpan(HeaderLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, value, sealedValue.AsSpan(HeaderLength + NonceLength + TagLength), sealedValue.AsSpan(HeaderLength + NonceLength, TagLength), Context(purpose, owner));
        return sealedValue;
    }

    /// <exception cref="CryptographicException">The value was changed, belongs to another owner or purpose, or its key is not here.</exception>
    public byte[] Unseal(string purpose, string owner, ReadOnlySpan<byte> sealedValue)
    {
        if (sealedValue.Length < HeaderLength + NonceLength + TagLength || sealedValue[0] != Format || FindKey(sealedValue[1]) is not { } key)
            throw new CryptographicException("A stored secret was sealed under a key that is not in the key file.");
        var value = new byte[sealedValue.Length - HeaderLength - NonceLength - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Decrypt(
            sealedValue.Slice(HeaderLength, NonceLength), sealedValue[(HeaderLength + NonceLength + TagLength)..], sealedValue.Slice(HeaderLength + NonceLength, TagLength), value, Context(purpose, owner));
        return value;
    }

    /// <summary>As <see cref="Hash"/>, under the newest key and the one before it, for what may be as old as the latest rotation.</summary>
    public IReadOnlyList<byte[]> Hashes(string purpose, ReadOnlyMemory<byte> value) => [.. _keys.Values.TakeLast(2).Reverse().Select(key => HashUnder(key, purpose, value.Span))];

    /// <summary>A keyed hash, to find again or recognise what is kept nowhere in the clear. For what lives shorter than a key: a new key hashes differently.</summary>
    public byte[] Hash(string purpose, ReadOnlySpan<byte> value) => HashUnder(_keys.Last().Value, purpose, value);

    private static byte[] HashUnder(byte[] key, string purpose, ReadOnlySpan<byte> value) =>
        HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyFile.KeyLength, info: Context("hash", purpose)), value);

    /// <summary>A key that is not known here may have been added by another process since the start.</summary>
    private byte[]? FindKey(byte id)
    {
        if (_keys.TryGetValue(id, out var key))
            return key;
        if (Location.KeyFile is not null && id > _keys.Last().Key)
            _keys = KeyFile.Open(Location, mayCreate: false);
        return _keys.GetValueOrDefault(id);
    }

    private byte[] Draw() => random.Bytes("key", KeyFile.KeyLength);

    /// <summary>Refuses keys that are older than the database's. A newer one, whose maker was killed before it could say so, is made known.</summary>
    private async Task NoteNewestAsync(Database database, CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync(session => SettingStore.FindAsync(session, NewestSetting), cancellationToken);
        if (known is not null && !_keys.Any(key => known == Describe(key)))
            throw new PlexAuthDatabaseException($"The key file \"{Location.KeyFile}\" lacks the latest key. Copy it from where the keys were rotated.");
        if (known != Describe(_keys.Last()))
            await database.WriteAsync(session => SettingStore.SetAsync(session, NewestSetting, Describe(_keys.Last())), cancellationToken);
    }

    private static string Describe(KeyValuePair<byte, byte[]> key) => $"{key.Key} {Fingerprint(key.Value)}";

    /// <summary>Tells keys apart without telling anything about them.</summary>
    private static string Fingerprint(byte[] key) => Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 16, info: "fingerprint"u8.ToArray()));

    private DatabaseLocation Location => DatabaseLocation.From(options.Value);

    private static byte[] Context(string purpose, string owner) => Encoding.UTF8.GetBytes($"{purpose}\n{owner}");
}
