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
    private SortedDictionary<byte, byte[]> _keys = [];

    /// <summary>Reads the keys, or makes the first; a database that was written under other keys is refused, as nobody could sign in to it.</summary>
    /// <exception cref="PlexAuthDatabaseException">The key file is missing, foreign, unreadable or open to others.</exception>
    public async Task OpenAsync(Database database, CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync(session => SettingStore.FindAsync(session, FingerprintSetting), cancellationToken);
        var directory = DatabaseLocation.From(options.Value).KeyDirectory;
        _keys = directory is null ? new() { [1] = Draw() } : KeyFile.Open(directory, mayCreate: known is null);
        if (known is null)
            await database.WriteAsync(session => SettingStore.AddAsync(session, FingerprintSetting, Fingerprint()), cancellationToken);
        else if (known != Fingerprint())
            throw new PlexAuthDatabaseException($"The keys in \"{directory}\" do not belong to this database: stored passwords could not be checked. Restore both from the same backup.");
    }

    /// <summary>The keys themselves, for an emulator's state.</summary>
    public IReadOnlyDictionary<byte, byte[]> Export() => _keys;

    /// <summary>Takes the keys that an emulator's imported state was written under.</summary>
    public void Import(IDictionary<byte, byte[]> keys) => _keys = new(keys);

    /// <summary>Makes a key that seals from now on. The others still open what they sealed.</summary>
    public void AddKey() => _keys = DatabaseLocation.From(options.Value).KeyDirectory is { } directory
        ? KeyFile.Add(directory)
        : new(_keys) { [(byte)(_keys.Last().Key + 1)] = Draw() };

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

    /// <summary>A keyed hash, to find again or recognise what is kept nowhere in the clear. For what lives shorter than a key: a new key hashes differently.</summary>
    public byte[] Hash(string purpose, ReadOnlySpan<byte> value) =>
        HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, _keys.Last().Value, KeyFile.KeyLength, info: Context("hash", purpose)), value);

    /// <summary>A key that is not known here may have been added by another process since the start.</summary>
    private byte[]? FindKey(byte id)
    {
        if (_keys.TryGetValue(id, out var key))
            return key;
        if (DatabaseLocation.From(options.Value).KeyDirectory is { } directory && id > _keys.Last().Key)
            _keys = KeyFile.Open(directory, mayCreate: false);
        return _keys.GetValueOrDefault(id);
    }

    private byte[] Draw() => random.Bytes("key", KeyFile.KeyLength);

    /// <summary>Tells keys apart without telling anything about them.</summary>
    private string Fingerprint() => Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, _keys.First().Value, 16, info: "fingerprint"u8.ToArray()));

    private static byte[] Context(string purpose, string owner) => Encoding.UTF8.GetBytes($"{purpose}\n{owner}");
}
