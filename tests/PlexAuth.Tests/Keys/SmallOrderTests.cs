using System.Numerics;
using System.Security.Cryptography;
using PlexAuth.Internal;

namespace PlexAuth.Tests.Keys;

public sealed class SmallOrderTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    // The eight points of small order in every encoding that some decoder takes: the nine well-known ones, then their twins with the other sign bit or y + p.
    public static TheoryData<string> Encodings =>
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Key_of_small_order_is_refused(string hex)
    {
        Should.Throw<ArgumentException>(() => new PlexJwk(Convert.FromHexString(hex)));
        Ed25519Point.IsSafe(Convert.FromHexString(hex)).ShouldBeFalse();
    }

    [Fact]
    public void Every_non_canonical_y_is_refused()
    {
        for (var y = P; y < BigInteger.Pow(2, 255); y++)
            foreach (var sign in new byte[] { 0, 0x80 })
            {
                var encoded = y.ToByteArray(isUnsigned: true);
                encoded[31] |= sign;
                Should.Throw<ArgumentException>(() => new PlexJwk(encoded));
            }
    }

    [Fact]
    public void Bytes_that_are_no_point_of_the_curve_are_refused()
    {
        var encoded = new byte[32];
        var refused = 0;
        for (byte y = 2; y < 102; y++)
        {
            encoded[0] = y;
            refused += Ed25519Point.IsOnCurve(encoded) ? 0 : 1;
        }

        refused.ShouldBeInRange(30, 70);
        encoded[0] = 2;
        Should.Throw<ArgumentException>(() => new PlexJwk(encoded)).Message.ShouldContain("point of the curve");
    }

    [Fact]
    public void A_thousand_honest_keys_are_safe_points_of_the_curve()
    {
        for (var i = 0; i < 1_000; i++)
        {
            using var key = Ed25519.ImportPrivate(RandomNumberGenerator.GetBytes(32));
            var encoded = Ed25519.ExportPublic(key);
            Ed25519Point.IsSafe(encoded).ShouldBeTrue();
            Ed25519Point.IsOnCurve(encoded).ShouldBeTrue();
        }
    }

    [Fact]
    public void One_signature_under_the_identity_would_fit_every_message_in_OpenSSL()
    {
        byte[] identity = [1, .. new byte[31]];
        byte[] forged = [.. identity, .. new byte[32]];

        Ed25519.Verify(identity, "anything"u8, forged).ShouldBeTrue("or the check of small orders has become needless");
    }

    [Fact]
    public void Signature_whose_R_has_small_order_is_refused_though_OpenSSL_takes_it()
    {
        var seed = RandomNumberGenerator.GetBytes(32);
        using var key = TestKeys.FromSeed(Convert.ToHexString(seed));
        byte[] identity = [1, .. new byte[31]];
        var signature = SignWithoutSecretPoint(seed, key.PublicKey.GetPublicKey(), "message"u8.ToArray(), identity);

        Ed25519.Verify(key.PublicKey.GetPublicKey(), "message"u8, signature).ShouldBeTrue();
        key.Verify("message"u8, signature).ShouldBeFalse();
    }

    // s = k a for R = 0: what comes out of signing with the secret scalar r = 0.
    private static byte[] SignWithoutSecretPoint(byte[] seed, byte[] publicKey, byte[] message, byte[] identity)
    {
        var scalar = SHA512.HashData(seed)[..32];
        scalar[0] &= 248;
        scalar[31] = (byte)((scalar[31] & 63) | 64);
        var k = new BigInteger(SHA512.HashData([.. identity, .. publicKey, .. message]), isUnsigned: true);
        var s = (k * new BigInteger(scalar, isUnsigned: true) % L).ToByteArray(isUnsigned: true);
        Array.Resize(ref s, 32);
        return [.. identity, .. s];
    }
}
