using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PlexAuth.Server.Accounts;

/// <summary>RFC 6238 with HMAC-SHA-1, six digits and steps of 30 seconds.</summary>
internal static class Totp
{
    public const int Digits = 6;
    private const int StepSeconds = 30;
    private const int Window = 1;

    /// <summary>Matches a code against the present step and one on either side. Whoever accepts it must also see to it that the step is used once.</summary>
    /// <param name="lastStep">The step used last; it and all before it no longer count.</param>
    /// <returns>The step, or null.</returns>
    public static long? Match(ReadOnlySpan<byte> seed, string code, DateTimeOffset now, long lastStep)
    {
        if (!LooksLikeCode(code))
            return null;
        var present = StepAt(now);
        var given = Encoding.ASCII.GetBytes(code);
        long? match = null;
        for (var step = present + Window; step >= present - Window; step--)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Compute(seed, step)), given) && step > lastStep)
                match = step;
        }

        return match;
    }

    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>RFC 4226 over a counter.</summary>
    public static string Compute(ReadOnlySpan<byte> seed, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and every authenticator app use SHA-1; HMAC does not rest on its collision resistance.
        HMACSHA1.HashData(seed, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 0xF)..]) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static bool LooksLikeCode(ReadOnlySpan<char> text) => text.Length == Digits && !text.ContainsAnyExceptInRange('0', '9');
}
