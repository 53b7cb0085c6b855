using System.Text.Json;

namespace PlexAuth.Tests.Keys;

public sealed class PlexJwkTests
{
    private const string X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    [Fact]
    public void Thumbprint_is_that_of_RFC_8037()
    {
        var jwk = PlexJwk.Parse($$"""{"kty":"OKP","crv":"Ed25519","x":"{{X}}"}""");

        jwk.Thumbprint.ShouldBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        jwk.KeyId.ShouldBeNull();
    }

    [Fact]
    public void Key_is_written_as_Plex_documents_it()
    {
        PlexJwk.Parse($$"""{"x":"{{X}}","kid":"laptop","crv":"Ed25519","kty":"OKP"}""").ToJson()
            .ShouldBe($$"""{"kty":"OKP","crv":"Ed25519","x":"{{X}}","use":"sig","alg":"EdDSA","kid":"laptop"}""");
    }

    [Fact]
    public void Unknown_members_are_passed_over()
    {
        PlexJwk.Parse($$"""{"kty":"OKP","crv":"Ed25519","x":"{{X}}","use":"sig","alg":"EdDSA","kid":"k","key_ops":["verify"],"iat":1,"x5c":null}""")
            .ShouldBe(new PlexJwk(PlexJwk.Parse($$"""{"kty":"OKP","crv":"Ed25519","x":"{{X}}"}""").GetPublicKey(), "k"));
    }

    [Theory]
    [InlineData("", "one JSON object")]
    [InlineData("[]", "JSON object")]
    [InlineData("\"x\"", "JSON object")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519"}""", "x of")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":null}""", "x of")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="}""", "base64url")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "base64url")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp"}""", "base64url")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":" 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "base64url")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUQ"}""", "32 bytes")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":""}""", "32 bytes")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "small order")]
    [InlineData("""{"kty":"okp","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "kty")]
    [InlineData("""{"crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "kty")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "crv")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","use":"enc","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "use")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","alg":"HS256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "alg")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","alg":1,"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "alg")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","kid":"","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "kid")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","kid":7,"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "kid")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","kid":"a\r\nb","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "kid")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","kid":"\ud800","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "Unicode")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","kid":"a","k\u0069d":"b","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", "duplicate")]
    [InlineData(TestKeys.Rfc8037, "private")]
    public void Unacceptable_key_is_refused_with_its_reason(string json, string reason)
    {
        Should.Throw<FormatException>(() => PlexJwk.Parse(json)).Message.ShouldContain(reason, Case.Sensitive);
    }

    [Fact]
    public void Duplicate_members_are_found_in_a_document_parsed_by_others_too()
    {
        using var document = JsonDocument.Parse("""{"jwk":{"kty":"OKP","crv":"Ed25519","x":"AQ","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}""");

        PlexJwk.TryParse(document.RootElement.GetProperty("jwk"), out _, out var problem).ShouldBeFalse();
        problem.ShouldNotBeNull().ShouldContain("once");
    }

    [Fact]
    public void Broken_UTF_16_is_refused() => Should.Throw<FormatException>(() => PlexJwk.Parse("{\"kty\":\"\ud800\"}"));

    [Fact, Trait("Needs", "Wycheproof")]
    public void No_key_of_the_Wycheproof_set_is_one_of_ours()
    {
        var keys = from @group in Wycheproof.Load("json_web_key_test.json").GetProperty("testGroups").EnumerateArray()
                   from half in new[] { "private", "public" }
                   where @group.TryGetProperty(half, out _)
                   from key in @group.GetProperty(half).GetProperty("keys").EnumerateArray()
                   select key;

        keys.Count().ShouldBeGreaterThan(25);
        keys.Where(key => PlexJwk.TryParse(key, out _, out _)).ShouldBeEmpty();
    }
}
