using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace PlexAuth.Cli.Tests;

// What carol's authenticator shows (RFC 6238).
internal static class Codes
{
    // JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP in base 32.
    private static readonly byte[] Secret = Convert.FromHexString("48656C6C6F21DEADBEEF48656C6C6F21DEADBEEF");

    public static string Carol()
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // RFC 6238 is HMAC-SHA-1.
        var hash = HMACSHA1.HashData(Secret, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[19] & 0xF)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
