using System.Formats.Asn1;
using System.Security.Cryptography;

namespace PlexAuth.Internal;

/// <summary>An Ed25519 private key as PKCS#8 in PEM (RFC 5958, RFC 8410, RFC 7468), plain or encrypted.</summary>
internal static class KeyPem
{
    private const string PlainLabel = "PRIVATE KEY";
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";
    private const string Ed25519Oid = "1.3.101.112";

    // Version 0, algorithm 1.3.101.112, and the headers of the octet string within an octet string that holds the seed.
    private static ReadOnlySpan<byte> Prefix => [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    public static void Read(ReadOnlySpan<char> pem, ReadOnlySpan<char> passphrase, Span<byte> seed)
    {
        var rest = pem;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label];
            if (label is PlainLabel or EncryptedLabel)
            {
                var bytes = new byte[fields.DecodedDataLength];
                Convert.TryFromBase64Chars(rest[fields.Base64Data], bytes, out _);
                ReadBlock(bytes, label is EncryptedLabel, passphrase, seed);
                return;
            }

            rest = rest[fields.Location.End..];
        }

        throw new CryptographicException(
            "There is no PKCS#8 private key in this text: it needs a block that starts with -----BEGIN PRIVATE KEY----- or -----BEGIN ENCRYPTED PRIVATE KEY-----.");
    }

    public static string Write(ReadOnlySpan<byte> seed)
    {
        Span<byte> key = [.. Prefix, .. seed];
        try
        {
            return PemEncoding.WriteString(PlainLabel, key) + "\n";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public static string Write(ReadOnlySpan<byte> seed, ReadOnlySpan<char> passphrase)
    {
        Span<byte> key = [.. Prefix, .. seed];
        try
        {
            return PemEncoding.WriteString(EncryptedLabel, Pbes2.Encrypt(key, passphrase)) + "\n";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static void ReadBlock(byte[] bytes, bool encrypted, ReadOnlySpan<char> passphrase, Span<byte> seed)
    {
        var plain = bytes;
        try
        {
            if (encrypted)
                plain = Pbes2.Decrypt(bytes, passphrase);
            ReadKey(plain, seed);
        }
        catch (AsnContentException exception)
        {
            throw new CryptographicException(encrypted ? Pbes2.WrongPassphrase : "The private key is damaged: it is not PKCS#8.", exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    // Version 1 may end with attributes and a copy of the public key; both are passed over.
    private static void ReadKey(byte[] bytes, Span<byte> seed)
    {
        var key = new AsnReader(bytes, AsnEncodingRules.DER).ReadSequence();
        key.ReadInteger();
        var algorithm = key.ReadSequence().ReadObjectIdentifier();
        if (algorithm != Ed25519Oid)
            throw new CryptographicException(
                $"This private key is not Ed25519 (its algorithm is {algorithm}). Make one with: openssl genpkey -algorithm ed25519");

        var inner = AsnDecoder.ReadOctetString(key.ReadOctetString(), AsnEncodingRules.DER, out _);
        var fits = inner.Length == seed.Length;
        if (fits)
            inner.CopyTo(seed);
        CryptographicOperations.ZeroMemory(inner);
        if (!fits)
            throw new CryptographicException("The private key is damaged: an Ed25519 private key has 32 bytes.");
    }
}
