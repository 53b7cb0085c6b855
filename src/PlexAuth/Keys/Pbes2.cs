using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace PlexAuth.Internal;

/// <summary>PKCS#8 encrypted by a passphrase: PBES2 with PBKDF2 and AES-CBC (RFC 8018), as OpenSSL reads and writes it.</summary>
internal static class Pbes2
{
    internal const string WrongPassphrase = "The private key could not be decrypted: the passphrase is wrong or the file is damaged.";

    private const int Rounds = 600_000;
    private const int MaximumRounds = 10_000_000;
    private const string Pbes2Oid = "1.2.840.113549.1.5.13";
    private const string Pbkdf2Oid = "1.2.840.113549.1.5.12";
    private const string HmacSha1Oid = "1.2.840.113549.2.7";
    private const string HmacSha256Oid = "1.2.840.113549.2.9";
    private const string Aes256Oid = "2.16.840.1.101.3.4.1.42";

    public static byte[] Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<char> passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var iv = RandomNumberGenerator.GetBytes(16);
        var scheme = new Scheme(salt, Rounds, HashAlgorithmName.SHA256, KeyLength: 32, iv);
        var encrypted = scheme.Run(passphrase, plain, static (aes, data, iv) => aes.EncryptCbc(data, iv));

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteScheme(writer, scheme);
            writer.WriteOctetString(encrypted);
        }

        return writer.Encode();
    }

    /// <exception cref="AsnContentException">The bytes are not what they should be.</exception>
    public static byte[] Decrypt(byte[] encrypted, ReadOnlySpan<char> passphrase)
    {
        var outer = new AsnReader(encrypted, AsnEncodingRules.DER).ReadSequence();
        var scheme = ReadScheme(outer.ReadSequence());
        var data = outer.ReadOctetString();
        if (passphrase.IsEmpty)
            throw new CryptographicException("This private key is encrypted: give its passphrase.");

        try
        {
            return scheme.Run(passphrase, data, static (aes, data, iv) => aes.DecryptCbc(data, iv));
        }
        catch (CryptographicException exception)
        {
            throw new CryptographicException(WrongPassphrase, exception);
        }
    }

    private static void WriteScheme(AsnWriter writer, Scheme scheme)
    {
        using var algorithm = writer.PushSequence();
        writer.WriteObjectIdentifier(Pbes2Oid);
        using var parameters = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Pbkdf2Oid);
            using var derivation = writer.PushSequence();
            writer.WriteOctetString(scheme.Salt);
            writer.WriteInteger(scheme.Rounds);
            using var hmac = writer.PushSequence();
            writer.WriteObjectIdentifier(HmacSha256Oid);
            writer.WriteNull();
        }

        using var encryption = writer.PushSequence();
        writer.WriteObjectIdentifier(Aes256Oid);
        writer.WriteOctetString(scheme.Iv);
    }

    private static Scheme ReadScheme(AsnReader algorithm)
    {
        Expect(algorithm.ReadObjectIdentifier(), Pbes2Oid);
        var parameters = algorithm.ReadSequence();
        var derivation = parameters.ReadSequence();
        Expect(derivation.ReadObjectIdentifier(), Pbkdf2Oid);
        var (salt, rounds, hash) = ReadDerivation(derivation.ReadSequence());

        var encryption = parameters.ReadSequence();
        var keyLength = encryption.ReadObjectIdentifier() switch
        {
            "2.16.840.1.101.3.4.1.2" => 16,
            "2.16.840.1.101.3.4.1.22" => 24,
            Aes256Oid => 32,
            _ => throw Unsupported(),
        };
        var iv = encryption.ReadOctetString();
        return iv.Length == 16 ? new Scheme(salt, rounds, hash, keyLength, iv) : throw Unsupported();
    }

    private static (byte[] Salt, int Rounds, HashAlgorithmName Hash) ReadDerivation(AsnReader derivation)
    {
        var salt = derivation.ReadOctetString();
        if (!derivation.TryReadInt32(out var rounds) || rounds is < 1 or > MaximumRounds)
            throw new CryptographicException($"The private key asks for more than {MaximumRounds} rounds of PBKDF2, or for none.");
        if (derivation.HasData && derivation.PeekTag() == Asn1Tag.Integer)
            derivation.ReadInteger();

        var hmac = derivation.HasData ? derivation.ReadSequence().ReadObjectIdentifier() : HmacSha1Oid;
        return (salt, rounds, hmac switch
        {
            HmacSha1Oid => HashAlgorithmName.SHA1,
            HmacSha256Oid => HashAlgorithmName.SHA256,
            "1.2.840.113549.2.10" => HashAlgorithmName.SHA384,
            "1.2.840.113549.2.11" => HashAlgorithmName.SHA512,
            _ => throw Unsupported(),
        });
    }

    private static void Expect(string actual, string expected)
    {
        if (actual != expected)
            throw Unsupported();
    }

    private static CryptographicException Unsupported() =>
        new("The private key is encrypted in a way that is not supported. Convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256");

    private delegate byte[] Cipher(Aes aes, ReadOnlySpan<byte> data, byte[] iv);

    private sealed record Scheme(byte[] Salt, int Rounds, HashAlgorithmName Hash, int KeyLength, byte[] Iv)
    {
        public byte[] Run(ReadOnlySpan<char> passphrase, ReadOnlySpan<byte> data, Cipher cipher)
        {
            Span<byte> secret = new byte[Encoding.UTF8.GetByteCount(passphrase)];
            Span<byte> key = stackalloc byte[KeyLength];
            try
            {
                Encoding.UTF8.GetBytes(passphrase, secret);
                Rfc2898DeriveBytes.Pbkdf2(secret, Salt, key, Rounds, Hash);
                using var aes = Aes.Create();
                aes.SetKey(key);
                return cipher(aes, data, Iv);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(secret);
                CryptographicOperations.ZeroMemory(key);
            }
        }
    }
}
