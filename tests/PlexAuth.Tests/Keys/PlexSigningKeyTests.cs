using System.Buffers.Text;
using System.Security.Cryptography;
using PlexAuth.Internal;

namespace PlexAuth.Tests.Keys;

public sealed class PlexSigningKeyTests
{
    // RFC 8410, section 10.3: the same key without and with a copy of its public half.
    private const string Rfc8410 = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----";

    private const string Rfc8410WithPublicKey = """
        -----BEGIN PRIVATE KEY-----
        MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
        Z9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PRIVATE KEY-----
        """;

    [Fact]
    public void Signature_of_RFC_8037_is_made_and_verified()
    {
        using var key = PlexSigningKey.ImportJwk(TestKeys.Rfc8037);
        var input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"u8;

        Base64Url.EncodeToString(key.Sign(input))
            .ShouldBe("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
        key.Verify(input, key.Sign(input)).ShouldBeTrue();
    }

    [Fact]
    public void A_seed_makes_the_key_of_RFC_8032_and_has_32_bytes()
    {
        using var key = PlexSigningKey.ImportSeed(Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), "chosen");

        (key.PublicKey.X, key.KeyId).ShouldBe(("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "chosen"));
        Should.Throw<ArgumentException>(() => PlexSigningKey.ImportSeed(new byte[31])).ParamName.ShouldBe("seed");
    }

    [Fact]
    public void Key_id_is_the_thumbprint_unless_chosen()
    {
        using var key = PlexSigningKey.Create();
        using var named = PlexSigningKey.Create("my-kid");

        key.KeyId.ShouldBe(key.Thumbprint);
        key.PublicKey.KeyId.ShouldBe(key.Thumbprint);
        named.KeyId.ShouldBe("my-kid");
        named.PublicKey.KeyId.ShouldBe("my-kid");
        (named.PublicKey.X == key.PublicKey.X).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => PlexSigningKey.Create("no spaces"));
    }

    [Fact]
    public void Pem_brings_the_same_key_back()
    {
        using var key = PlexSigningKey.Create();
        using var back = PlexSigningKey.ImportPem("some words before\n" + key.ExportPem());

        back.PublicKey.ShouldBe(key.PublicKey);
        key.ExportPem().ShouldStartWith("-----BEGIN PRIVATE KEY-----\n");
    }

    [Fact]
    public void Encrypted_pem_opens_with_its_passphrase_only()
    {
        using var key = PlexSigningKey.Create("k");
        var pem = key.ExportPem("grüße");
        using var back = PlexSigningKey.ImportPem(pem, "grüße", "k");

        back.PublicKey.ShouldBe(key.PublicKey);
        pem.ShouldStartWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        (pem == key.ExportPem("grüße")).ShouldBeFalse("salt and IV are new each time");
        Should.Throw<CryptographicException>(() => PlexSigningKey.ImportPem(pem, "grusse")).Message.ShouldContain("passphrase is wrong");
        Should.Throw<CryptographicException>(() => PlexSigningKey.ImportPem(pem)).Message.ShouldContain("give its passphrase");
        Should.Throw<ArgumentException>(() => key.ExportPem(""));
    }

    [Theory]
    [InlineData(Rfc8410)]
    [InlineData(Rfc8410WithPublicKey)]
    public void Example_keys_of_RFC_8410_are_read(string pem)
    {
        using var key = PlexSigningKey.ImportPem(pem);

        Convert.ToHexStringLower(key.PublicKey.GetPublicKey()).ShouldBe("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
    }

    [Fact]
    public void Other_keys_and_torn_files_are_refused_in_words()
    {
        using var ec = ECDsa.Create();
        var torn = PemEncoding.WriteString("PRIVATE KEY", Convert.FromBase64String("MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVg="));

        Should.Throw<CryptographicException>(() => PlexSigningKey.ImportPem(ec.ExportPkcs8PrivateKeyPem())).Message.ShouldContain("genpkey -algorithm ed25519");
        Should.Throw<CryptographicException>(() => PlexSigningKey.ImportPem(ec.ExportECPrivateKeyPem())).Message.ShouldContain("BEGIN PRIVATE KEY");
        Should.Throw<CryptographicException>(() => PlexSigningKey.ImportPem("")).Message.ShouldContain("BEGIN PRIVATE KEY");
        Should.Throw<CryptographicException>(() => PlexSigningKey.ImportPem(torn)).Message.ShouldContain("damaged");
    }

    [Fact]
    public void Encrypted_file_torn_or_changed_anywhere_is_refused_in_words()
    {
        using var ec = ECDsa.Create();
        var bytes = ec.ExportEncryptedPkcs8PrivateKey("p", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2));
        for (var i = 0; i < bytes.Length; i++)
            foreach (var changed in new byte[][] { bytes[..i], [.. bytes[..i], (byte)(bytes[i] ^ 1), .. bytes[(i + 1)..]] })
                Should.Throw<CryptographicException>(() => PlexSigningKey.ImportPem(PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", changed), "p"));
    }

    [Theory]
    [InlineData("MIGSME4GCSqGSIb3DQEFDTBBMCgGCSqGSIb3DQEFDDAbBAhzYWx0c2FsdAIBATAMBggqhkiG9w0CCQUAMBUGCWCGSAFlAwQBKgQIc2hvcnRpdjgEQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "not supported")] // an IV of 8 bytes
    [InlineData("MIGdMFkGCSqGSIb3DQEFDTBMMCsGCSqGSIb3DQEFDDAeBAhzYWx0c2FsdAIEf////zAMBggqhkiG9w0CCQUAMB0GCWCGSAFlAwQBKgQQAAAAAAAAAAAAAAAAAAAAAARAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "10000000 rounds")] // 2^31 - 1
    public void Hostile_encryption_parameters_are_refused_in_words(string base64, string reason)
    {
        Should.Throw<CryptographicException>(() => PlexSigningKey.ImportPem(PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", Convert.FromBase64String(base64)), "p"))
            .Message.ShouldContain(reason, Case.Sensitive);
    }

    [Fact]
    public void Private_jwk_brings_the_same_key_back_with_its_id()
    {
        using var key = PlexSigningKey.Create("0123456789abcdef");
        using var back = PlexSigningKey.ImportJwk(key.ExportJwk());

        back.PublicKey.ShouldBe(key.PublicKey);
        back.ExportPem().ShouldBe(key.ExportPem());
        key.PublicKey.ToJson().ShouldNotContain("\"d\"");
    }

    [Theory]
    [InlineData("", "d")]
    [InlineData("nonsense", "d")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "The d of")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":7}""", "d")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"AQ"}""", "The d of")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}""", "does not belong")]
    public void Private_jwk_that_is_none_is_refused_in_words(string json, string reason)
    {
        Should.Throw<FormatException>(() => PlexSigningKey.ImportJwk(json)).Message.ShouldContain(reason, Case.Sensitive);
    }

    [Fact]
    public void Nothing_but_the_exports_shows_the_secret()
    {
        using var key = PlexSigningKey.ImportJwk(TestKeys.Rfc8037);

        key.ToString().ShouldBe($"PlexSigningKey({key.KeyId})");
        Should.Throw<FormatException>(() => PlexSigningKey.ImportJwk(TestKeys.Rfc8037.Replace("\"d\":\"nWG", "\"d\":nWG"))).ToString().ShouldNotContain("nWG", Case.Sensitive);
    }

    [Fact]
    public void Disposed_key_signs_nothing_more_but_still_verifies()
    {
        var key = PlexSigningKey.Create();
        var signature = key.Sign("x"u8);
        key.Dispose();
        key.Dispose();

        Should.Throw<ObjectDisposedException>(() => key.Sign("x"u8));
        Should.Throw<ObjectDisposedException>(() => key.ExportPem());
        Should.Throw<ObjectDisposedException>(() => key.ExportPem("p"));
        Should.Throw<ObjectDisposedException>(() => key.ExportJwk());
        key.Verify("x"u8, signature).ShouldBeTrue();
    }

    [Fact]
    public void Signing_from_many_threads_gives_right_signatures()
    {
        using var key = PlexSigningKey.Create();

        Parallel.For(0, 2_000, i => key.Verify(BitConverter.GetBytes(i), key.Sign(BitConverter.GetBytes(i))).ShouldBeTrue());
    }

    [Fact]
    public void Missing_OpenSSL_is_said_with_what_to_install()
    {
        Ed25519.Open("libcrypto-that-nobody-has.so", "libc.so.6").ShouldBe(0);
        Should.Throw<PlatformNotSupportedException>(() => Ed25519.ThrowIfMissing(0)).Message.ShouldContain("libssl3");
        PlexSigningKey.IsSupported.ShouldBeTrue();
    }
}
