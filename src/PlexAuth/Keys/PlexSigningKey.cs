using System.Diagnostics;
using System.Security.Cryptography;
using PlexAuth.Internal;

namespace PlexAuth;

/// <summary>A device's or issuer's Ed25519 key pair, which signs tokens. Whoever has it can sign in as the device: keep it like a password.</summary>
/// <remarks>
/// Thread-safe, except that <see cref="Dispose"/> must come last. The private half stays in OpenSSL's memory, and is wiped there on disposal;
/// only the export methods show it. Needs OpenSSL 3; see <see cref="IsSupported"/>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class PlexSigningKey : IDisposable
{
    private readonly Ed25519.PrivateKey _key;

    private PlexSigningKey(ReadOnlySpan<byte> seed, string? keyId)
    {
        _key = Ed25519.ImportPrivate(seed);
        try
        {
            PublicKey = PlexJwk.FromDerived(Ed25519.ExportPublic(_key), keyId);
        }
        catch
        {
            _key.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether this machine has OpenSSL 3. Where it has not, the methods of this class and all verifying throw
    /// <see cref="PlatformNotSupportedException"/>.
    /// </summary>
    public static bool IsSupported => Ed25519.IsSupported;

    /// <summary>The public half, with <see cref="KeyId"/> as its <c>kid</c>: what is registered at the account service.</summary>
    public PlexJwk PublicKey { get; }

    /// <summary>The <c>kid</c> in the header of every token signed by this key. Plex echoes it as the token's <c>thumbprint</c>.</summary>
    /// <value>
    /// <see cref="Thumbprint"/> unless the maker of the key chose another: an id that follows from the public key survives a PEM file, which has
    /// no room for one. python-plexapi's choice, the SHA-256 of private and public key in hex, is imported like any other id.
    /// </value>
    public string KeyId => PublicKey.KeyId!;

    /// <summary>The public key's fingerprint by RFC 7638.</summary>
    public string Thumbprint => PublicKey.Thumbprint;

    /// <summary>Makes a new key from the system's secure randomness.</summary>
    /// <param name="keyId">The <c>kid</c>, where the default does not do.</param>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not installed.</exception>
    /// <exception cref="ArgumentException">The id is empty, longer than 200 characters or not printable ASCII.</exception>
    public static PlexSigningKey Create(string? keyId = null)
    {
        Span<byte> seed = stackalloc byte[Ed25519.SeedLength];
        RandomNumberGenerator.Fill(seed);
        return FromSeed(seed, keyId);
    }

    /// <summary>
    /// Reads a PKCS#8 PEM file, plain or encrypted, such as <see cref="ExportPem(ReadOnlySpan{char})"/> or <c>openssl genpkey -algorithm
    /// ed25519</c> writes.
    /// </summary>
    /// <remarks>
    /// Encrypted files may use PBES2 with PBKDF2 (HMAC with SHA-1, SHA-256, SHA-384 or SHA-512, up to ten million rounds) and AES-CBC.
    /// </remarks>
    /// <param name="pem">The text of the file; other blocks around the key are passed over.</param>
    /// <param name="passphrase">The passphrase of an encrypted file; not looked at for a plain one.</param>
    /// <param name="keyId">The <c>kid</c> under which the key was registered, where it is not its thumbprint.</param>
    /// <exception cref="CryptographicException">There is no Ed25519 private key in the text, or the passphrase is missing or wrong.</exception>
    public static PlexSigningKey ImportPem(ReadOnlySpan<char> pem, ReadOnlySpan<char> passphrase = default, string? keyId = null)
    {
        Span<byte> seed = stackalloc byte[Ed25519.SeedLength];
        KeyPem.Read(pem, passphrase, seed);
        return FromSeed(seed, keyId);
    }

    /// <summary>Reads a private JSON Web Key, as <see cref="ExportJwk"/> writes it.</summary>
    /// <exception cref="FormatException">It is not an Ed25519 private key, or its halves do not belong together.</exception>
    public static PlexSigningKey ImportJwk(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        Span<byte> seed = stackalloc byte[Ed25519.SeedLength];
        var expected = PrivateJwk.Read(json, seed);
        var key = FromSeed(seed, expected.KeyId);
        if (key.PublicKey.X == expected.X)
            return key;

        key.Dispose();
        throw new FormatException("The x of this JSON Web Key does not belong to its d: the key is damaged.");
    }

    /// <summary>Makes the key of a private key's 32 bytes as RFC 8032 has them, which must be as random as a key is to be.</summary>
    /// <param name="seed">The bytes; they are copied, so wipe your own.</param>
    /// <param name="keyId">The <c>kid</c>, where the thumbprint does not do.</param>
    /// <exception cref="ArgumentException">There are not 32 bytes, or the id is empty, longer than 200 characters or not printable ASCII.</exception>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not installed.</exception>
    public static PlexSigningKey ImportSeed(ReadOnlySpan<byte> seed, string? keyId = null) => seed.Length == Ed25519.SeedLength
        ? new(seed, keyId)
        : throw new ArgumentException($"The private key of Ed25519 has {Ed25519.SeedLength} bytes.", nameof(seed));

    /// <summary>Writes the private key as PKCS#8 PEM, <em>unencrypted</em>, readable by OpenSSL. Store it where only its owner can read.</summary>
    /// <exception cref="ObjectDisposedException">The key is disposed.</exception>
    public string ExportPem() => WithSeed(KeyPem.Write);

    /// <summary>
    /// Writes the private key as PKCS#8 PEM, encrypted by PBES2: AES-256-CBC under PBKDF2-HMAC-SHA256 of 600,000 rounds, some tenths of a second.
    /// </summary>
    /// <exception cref="ArgumentException">The passphrase is empty.</exception>
    /// <exception cref="ObjectDisposedException">The key is disposed.</exception>
    public string ExportPem(ReadOnlySpan<char> passphrase)
    {
        if (passphrase.IsEmpty)
            throw new ArgumentException("An empty passphrase protects nothing: give one, or call ExportPem() without.", nameof(passphrase));

        Span<byte> seed = stackalloc byte[Ed25519.SeedLength];
        try
        {
            Ed25519.ExportSeed(_key, seed);
            return KeyPem.Write(seed, passphrase);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Writes the <em>private</em> key as a JSON Web Key, with its <c>kid</c>. For the public one take <see cref="PublicKey"/>.</summary>
    /// <exception cref="ObjectDisposedException">The key is disposed.</exception>
    public string ExportJwk() => WithSeed(seed => PrivateJwk.Write(PublicKey, seed));

    /// <summary>Signs <paramref name="data"/>.</summary>
    /// <returns>The 64 bytes of RFC 8032; always the same for the same data.</returns>
    /// <exception cref="ObjectDisposedException">The key is disposed.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data) => Ed25519.Sign(_key, data);

    /// <summary>Whether <paramref name="signature"/> was made over <paramref name="data"/> by this key.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => PublicKey.Verify(data, signature);

    /// <summary>Wipes the private key; <see cref="PublicKey"/> remains readable.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>The <see cref="KeyId"/>; nothing secret.</summary>
    public override string ToString() => $"PlexSigningKey({KeyId})";

    private static PlexSigningKey FromSeed(Span<byte> seed, string? keyId)
    {
        try
        {
            return new PlexSigningKey(seed, keyId);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private string WithSeed(Func<ReadOnlySpan<byte>, string> use)
    {
        Span<byte> seed = stackalloc byte[Ed25519.SeedLength];
        try
        {
            Ed25519.ExportSeed(_key, seed);
            return use(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
