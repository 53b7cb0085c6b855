using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PlexAuth.Tests.Keys;

/// Our verifier against that of Microsoft.IdentityModel, which has everything but Ed25519 itself.
public sealed class IdentityModelTests : IDisposable
{
    private readonly PlexSigningKey _key = PlexSigningKey.Create();
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Both_agree_on_generated_tokens()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var claims = PlexJwtClaims.ForDevice(
                random.Next(5) == 0 ? "other" : "c", _now.AddSeconds(random.Next(-600, 600)), "n", lifetime: TimeSpan.FromSeconds(random.Next(1, 600)));
            claims = claims with { Audiences = random.Next(4) switch { 0 => ["x"], 1 => ["x", "plex.tv"], 2 => [], _ => ["plex.tv"] }, NotBefore = claims.IssuedAt };
            var onAnEdge = Math.Abs(Math.Abs((claims.IssuedAt - _now).TotalSeconds) - 60) < 30 || Math.Abs(Math.Abs((claims.ExpiresAt - _now).TotalSeconds) - 60) < 30;
            if (!onAnEdge)
                await ShouldAgreeAsync(PlexJwt.Create(_key, claims).Token.Reveal());
        }
    }

    [Fact]
    public async Task Both_agree_on_mutated_tokens()
    {
        var original = PlexJwt.Create(_key, PlexJwtClaims.ForDevice("c", _now, "n", PlexJwtScopes.All)).Token.Reveal();
        var random = new Random(8);
        await ShouldAgreeAsync(original);
        for (var i = 0; i < 5_000; i++)
            await ShouldAgreeAsync(PlexJwtMutationTests.Mutate(original, random), original);
    }

    [Fact]
    public async Task Token_made_by_IdentityModel_verifies_here()
    {
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "c",
            Audience = "plex.tv",
            IssuedAt = _now.UtcDateTime,
            NotBefore = _now.UtcDateTime,
            Expires = _now.AddMinutes(5).UtcDateTime,
            SigningCredentials = new SigningCredentials(new EdDsaSecurityKey(_key), "EdDSA"),
        });

        PlexJwt.Verify(token, [_key.PublicKey], PlexJwtRules.ForDevice("c"), _now).Status.ShouldBe(PlexJwtStatus.Valid);
        await ShouldAgreeAsync(token);
    }

    // The other verifier decodes base64url generously: it may take another spelling of the same bytes, and nothing more.
    private async Task ShouldAgreeAsync(string token, string? original = null)
    {
        var ours = PlexJwt.Verify(token, [_key.PublicKey], PlexJwtRules.ForDevice("c"), _now);
        var theirs = await new JsonWebTokenHandler().ValidateTokenAsync(token, Parameters());
        if (theirs.IsValid && !ours.IsValid && original is not null)
            token.Split('.').Select(Base64UrlEncoder.DecodeBytes).ShouldBe(original.Split('.').Select(Base64UrlEncoder.DecodeBytes), $"{ours.Problem}");
        else
            theirs.IsValid.ShouldBe(ours.IsValid, $"{ours.Problem} {theirs.Exception?.Message}");
    }

    private TokenValidationParameters Parameters() => new()
    {
        ValidAlgorithms = ["EdDSA"],
        ValidTypes = ["JWT"],
        ValidIssuer = "c",
        ValidAudience = "plex.tv",
        IssuerSigningKey = new EdDsaSecurityKey(_key),
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        ClockSkew = TimeSpan.FromSeconds(60),
    };

    private sealed class EdDsaSecurityKey : AsymmetricSecurityKey
    {
        public EdDsaSecurityKey(PlexSigningKey key)
        {
            KeyId = key.KeyId;
            Key = key;
            CryptoProviderFactory = new CryptoProviderFactory { CustomCryptoProvider = new Provider(), CacheSignatureProviders = false };
        }

        public PlexSigningKey Key { get; }

        public override int KeySize => 256;

        public override PrivateKeyStatus PrivateKeyStatus => PrivateKeyStatus.Exists;

        [Obsolete("Declared so by the base class.")]
        public override bool HasPrivateKey => true;
    }

    private sealed class Provider : ICryptoProvider
    {
        public bool IsSupportedAlgorithm(string algorithm, params object[] args) => algorithm == "EdDSA" && args is [EdDsaSecurityKey, ..];

        public object Create(string algorithm, params object[] args) => new Signatures((EdDsaSecurityKey)args[0], algorithm);

        public void Release(object cryptoInstance) => (cryptoInstance as IDisposable)?.Dispose();
    }

    private sealed class Signatures(EdDsaSecurityKey key, string algorithm) : SignatureProvider(key, algorithm)
    {
        public override byte[] Sign(byte[] input) => key.Key.Sign(input);

        public override bool Sign(ReadOnlySpan<byte> data, Span<byte> destination, out int bytesWritten)
        {
            var signature = key.Key.Sign(data);
            bytesWritten = signature.Length;
            return signature.AsSpan().TryCopyTo(destination);
        }

        public override bool Verify(byte[] input, byte[] signature) => key.Key.Verify(input, signature);

        public override bool Verify(byte[] input, int inputOffset, int inputLength, byte[] signature, int signatureOffset, int signatureLength) =>
            key.Key.Verify(input.AsSpan(inputOffset, inputLength), signature.AsSpan(signatureOffset, signatureLength));

        protected override void Dispose(bool disposing)
        {
        }
    }
}
