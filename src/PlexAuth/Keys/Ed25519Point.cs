using System.Globalization;
using System.Numerics;

namespace PlexAuth.Internal;

/// <summary>Which 32 bytes may stand for a point of Ed25519: canonical (RFC 8032, 5.1.3), on the curve and not of small order.</summary>
/// <remarks>
/// A key of small order has signatures that fit many messages, one of them every message. The eight such points have fourteen encodings, careless
/// decoders included; all have one of the five y below or a y of at least p.
/// </remarks>
internal static class Ed25519Point
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger D = Positive(-121665 * BigInteger.ModPow(121666, P - 2, P));

    private static readonly BigInteger OrderEight =
        BigInteger.Parse("2707385501144840649318225287225658788936804267575313519463743609750303402022", CultureInfo.InvariantCulture);

    private static readonly BigInteger[] SmallOrder = [0, 1, P - 1, OrderEight, P - OrderEight];

    /// <summary>Canonical and of large order; does not say whether it is on the curve, which verifying finds out.</summary>
    public static bool IsSafe(ReadOnlySpan<byte> encoded)
    {
        var y = Y(encoded);
        return y < P && Array.IndexOf(SmallOrder, y) < 0;
    }

    /// <summary>Whether an x belongs to this y: x² = (y² - 1) / (dy² + 1) has a root exactly if numerator times denominator is a square.</summary>
    public static bool IsOnCurve(ReadOnlySpan<byte> encoded)
    {
        var square = BigInteger.Pow(Y(encoded), 2);
        return BigInteger.ModPow(Positive((square - 1) * ((D * square) + 1)), (P - 1) / 2, P) != P - 1;
    }

    private static BigInteger Y(ReadOnlySpan<byte> encoded)
    {
        Span<byte> y = stackalloc byte[Ed25519.PublicKeyLength];
        encoded.CopyTo(y);
        y[^1] &= 0x7f;
        return new BigInteger(y, isUnsigned: true);
    }

    private static BigInteger Positive(BigInteger value) => ((value % P) + P) % P;
}
