using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace PlexAuth.Interop.Tests;

/// <summary>The development personas that the requests here speak for.</summary>
internal static class Personas
{
    public const string AliceToken = "alice-dev-token-0001";
    public const string BobToken = "bob-dev-token-000001";
    public const string ErinToken = "erin-dev-token-00001";
    public const string UnknownToken = "nobody-dev-token-000";
    public const string LivingRoom = "0123456789abcdef0123456789abcdef01234567";

    // JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
    private static readonly byte[] CarolSecret = Convert.FromHexString("48656C6C6F21DEADBEEF48656C6C6F21DEADBEEF");

    /// <summary>The code carol's authenticator shows now (RFC 6238: SHA-1, 30 seconds, six digits). Each code works once.</summary>
    public static string CarolCode()
    {
        Span<byte> step = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // Authenticator apps know no other hash.
        var hash = HMACSHA1.HashData(CarolSecret, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
