using System.Security.Cryptography;
using System.Text;
using System.Buffers.Text;

namespace PlexAuth.Tests.Keys;

/// Tokens whose signature is right, by the right key, and which must be refused for their shape all the same.
public sealed class PlexJwtShapeTests : IDisposable
{
    private const string Header = """{"alg":"EdDSA","typ":"JWT","kid":"k"}""";
    private const string Claims = """{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777637100,"nonce":"n"}""";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1777636800);
    private readonly PlexSigningKey _key = PlexSigningKey.Create("k");

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(Header)]
    [InlineData("""{"alg":"EdDSA"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k"}""")]
    [InlineData("""{"alg":"EdDSA","typ":"JWT"}""")]
    [InlineData(""" { "kid" : "k" , "alg" : "EdDSA" } """)]
    [InlineData("""{"\u0061lg":"Ed\u0044SA","kid":"\u006b"}""")]
    public void Header_that_says_the_same_in_other_words_is_read(string header) => Verify(TestKeys.Sign(_key, header, Claims)).ShouldBe(PlexJwtStatus.Valid);

    [Theory]
    [InlineData("""{"alg":"none","kid":"k"}""")]
    [InlineData("""{"alg":"None","kid":"k"}""")]
    [InlineData("""{"alg":"","kid":"k"}""")]
    [InlineData("""{"alg":null,"kid":"k"}""")]
    [InlineData("""{"alg":["EdDSA"],"kid":"k"}""")]
    [InlineData("""{"alg":1,"kid":"k"}""")]
    [InlineData("""{"alg":"eddsa","kid":"k"}""")]
    [InlineData("""{"alg":"EDDSA","kid":"k"}""")]
    [InlineData("""{"alg":"EdDSA ","kid":"k"}""")]
    [InlineData("""{"alg":"Ed25519","kid":"k"}""")]
    [InlineData("""{"alg":"Ed448","kid":"k"}""")]
    [InlineData("""{"alg":"HS256","kid":"k"}""")]
    [InlineData("""{"alg":"RS256","kid":"k"}""")]
    [InlineData("""{"alg":"ES256","kid":"k"}""")]
    [InlineData("""{"typ":"JWT","kid":"k"}""")]
    [InlineData("""{"ALG":"EdDSA","kid":"k"}""")]
    [InlineData("""{"alg":"EdDSA","Alg":"none","kid":"k"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","typ":"jwt"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","typ":""}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","typ":null}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","typ":{"a":1}}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","cty":"JWT"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","jku":"https://evil.example/keys"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","x5u":"https://evil.example/cert"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","x5c":[]}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","x5t":"AA"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","crit":["exp"]}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","crit":[]}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","b64":true}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","b64":false,"crit":["b64"]}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","zip":"DEF"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","enc":"A256GCM"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","":1}""")]
    [InlineData("""{"alg":"EdDSA","kid":null}""")]
    [InlineData("""{"alg":"EdDSA","kid":7}""")]
    [InlineData("""{"alg":"EdDSA","kid":""}""")]
    [InlineData("""{"alg":"EdDSA","kid":"../../etc/passwd\u0000"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"' OR 1=1 --"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"\ud800"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","\ud800":1}""")]
    [InlineData("""{"alg":"EdDSA","alg":"EdDSA","kid":"k"}""")]
    [InlineData("""{"alg":"none","alg":"EdDSA","kid":"k"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","kid":"k"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k","\u006bid":"k"}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k",}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k"}{}""")]
    [InlineData("""{"alg":"EdDSA","kid":"k"} x""")]
    [InlineData("""{"alg":"EdDSA","kid":"k"/* */}""")]
    [InlineData("""{'alg':'EdDSA','kid':'k'}""")]
    [InlineData("""["alg","EdDSA"]""")]
    [InlineData("\"EdDSA\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("\ufeff{\"alg\":\"EdDSA\",\"kid\":\"k\"}")]
    public void Header_of_any_other_shape_is_malformed(string header) => Verify(TestKeys.Sign(_key, header, Claims)).ShouldBe(PlexJwtStatus.Malformed);

    [Theory]
    [InlineData("""{"aud":"plex.tv","iat":1777636800,"exp":1777637100}""")]
    [InlineData("""{"iss":"","aud":"plex.tv","iat":1777636800,"exp":1777637100}""")]
    [InlineData("""{"iss":["c"],"aud":"plex.tv","iat":1777636800,"exp":1777637100}""")]
    [InlineData("""{"iss":"c","iat":1777636800,"exp":1777637100}""")]
    [InlineData("""{"iss":"c","aud":null,"iat":1777636800,"exp":1777637100}""")]
    [InlineData("""{"iss":"c","aud":["plex.tv",1],"iat":1777636800,"exp":1777637100}""")]
    [InlineData("""{"iss":"c","aud":{"plex.tv":1},"iat":1777636800,"exp":1777637100}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","exp":1777637100}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":"1777636800","exp":1777637100}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":null}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1e999}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":253402300800}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":-1,"exp":1777637100}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777636799}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777637100,"exp":9777637100}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777637100,"user":{"id":1,"id":2}}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777637100,"nbf":"soon"}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777637100,"nonce":5}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777637100,"scope":["email"]}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777637100,"thumbprint":false}""")]
    [InlineData("""{"iss":"\udfff","aud":"plex.tv","iat":1777636800,"exp":1777637100}""")]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777637100,"x":[[[[[[[[[[1]]]]]]]]]]}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Claims_of_any_other_shape_are_malformed(string claims) => Verify(TestKeys.Sign(_key, Header, claims)).ShouldBe(PlexJwtStatus.Malformed);

    [Theory]
    [InlineData("""{"iss":"c","aud":["x","plex.tv"],"iat":1777636800,"exp":1777637100}""", PlexJwtStatus.Valid)]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800.75,"exp":1.7776371e9}""", PlexJwtStatus.Valid)]
    [InlineData("""{"iss":"c","aud":"plex.tv","iat":1777636800,"exp":1777637100,"new":{"a":[1,null]},"user":"?"}""", PlexJwtStatus.Valid)]
    [InlineData("""{"iss":"c","aud":[],"iat":1777636800,"exp":1777637100}""", PlexJwtStatus.WrongAudience)]
    [InlineData("""{"iss":"c","aud":"PLEX.TV","iat":1777636800,"exp":1777637100}""", PlexJwtStatus.WrongAudience)]
    [InlineData("""{"iss":"c","aud":"plex.tv ","iat":1777636800,"exp":1777637100}""", PlexJwtStatus.WrongAudience)]
    [InlineData("""{"iss":"C","aud":"plex.tv","iat":1777636800,"exp":1777637100}""", PlexJwtStatus.WrongIssuer)]
    [InlineData("""{"iss":"c\u0000","aud":"plex.tv","iat":1777636800,"exp":1777637100}""", PlexJwtStatus.WrongIssuer)]
    public void Claims_of_the_shape_are_judged_by_what_they_say(string claims, PlexJwtStatus expected) => Verify(TestKeys.Sign(_key, Header, claims)).ShouldBe(expected);

    [Fact]
    public void Any_other_spelling_of_a_valid_token_is_malformed()
    {
        var token = TestKeys.Sign(_key, Header, Claims);
        var parts = token.Split('.');
        var lastBits = token[..^1] + (char)(token[^1] + 1);
        string[] spellings =
        [
            "", ".", "..", "...", parts[0], $"{parts[0]}.{parts[1]}", $"{parts[0]}.{parts[1]}.", $".{parts[1]}.{parts[2]}", $"{parts[0]}..{parts[2]}",
            $"{token}.", $".{token}", $"{token}.{parts[2]}", $"{parts[0]}.AA.AA.{parts[1]}.{parts[2]}",
            $" {token}", $"{token} ", $"{token}\n", $"{token}\r\n", $"{parts[0]} .{parts[1]}.{parts[2]}", $"{parts[0]}.\t{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}\n.{parts[2]}",
            $"{token}=", $"{token}==", $"{parts[0]}=.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}=.{parts[2]}",
            $"{token}A", $"{token}AA", token[..^1], token[..^2], lastBits,
            $"{parts[0]}.{parts[1]}.{parts[2][..40]}", $"{parts[0]}.{parts[1]}.{parts[2]}{parts[2]}",
            $"\"{token}\"", $"Bearer {token}", $"{token}\0", $"\ufeff{token}", token.Replace('.', '\u3002'), token.Replace('.', ','),
            $$"""{"payload":"{{parts[1]}}","protected":"{{parts[0]}}","signature":"{{parts[2]}}"}""",
        ];

        Verify(token).ShouldBe(PlexJwtStatus.Valid);
        foreach (var spelling in spellings)
            Verify(spelling).ShouldBe(PlexJwtStatus.Malformed, spelling);
        Verify(null).ShouldBe(PlexJwtStatus.Malformed);
    }

    [Fact]
    public void Standard_base64_alphabet_is_malformed()
    {
        string token;
        do
            token = TestKeys.Sign(_key, Header, Claims.Replace("\"n\"", $"\"{RandomNumberGenerator.GetHexString(8)}\""));
        while (!token.Contains('-') || !token.Contains('_'));

        Verify(token).ShouldBe(PlexJwtStatus.Valid);
        Verify(token.Replace('-', '+')).ShouldBe(PlexJwtStatus.Malformed);
        Verify(token.Replace('_', '/')).ShouldBe(PlexJwtStatus.Malformed);
    }

    [Fact]
    public void Public_key_used_as_an_HMAC_secret_signs_nothing()
    {
        foreach (var secret in new byte[][] { _key.PublicKey.GetPublicKey(), Encoding.ASCII.GetBytes(_key.PublicKey.X), Encoding.ASCII.GetBytes(_key.PublicKey.ToJson()) })
            foreach (var algorithm in new[] { "HS256", "HS512", "EdDSA" })
            {
                var unsigned = $"{TestKeys.Segment($$"""{"alg":"{{algorithm}}","kid":"k"}""")}.{TestKeys.Segment(Claims)}";
                var mac = algorithm == "HS256" ? HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(unsigned)) : HMACSHA512.HashData(secret, Encoding.ASCII.GetBytes(unsigned));
                Verify($"{unsigned}.{Base64Url.EncodeToString(mac)}").ShouldBeOneOf(PlexJwtStatus.Malformed, PlexJwtStatus.WrongSignature);
            }
    }

    [Fact]
    public void Token_of_4096_characters_is_read_and_one_longer_is_not()
    {
        var longest = Longest();

        Verify(longest).ShouldBe(PlexJwtStatus.Valid);
        Verify(longest + "A").ShouldBe(PlexJwtStatus.Malformed);
        Verify(new string('A', 10_000_000)).ShouldBe(PlexJwtStatus.Malformed);
    }

    [Fact]
    public void Deep_JSON_is_refused() => Verify(TestKeys.Sign(_key, Header, new string('[', 2_800))).ShouldBe(PlexJwtStatus.Malformed);

    [Fact]
    public void Invalid_UTF_8_in_claims_is_malformed()
    {
        byte[] claims = [.. Encoding.UTF8.GetBytes(Claims[..^1]), .. ",\"x\":\""u8, 0xff, .. "\"}"u8];

        Verify(TestKeys.Sign(_key, $"{TestKeys.Segment(Header)}.{Base64Url.EncodeToString(claims)}")).ShouldBe(PlexJwtStatus.Malformed);
    }

    [Fact, Trait("Needs", "Wycheproof")]
    public void No_token_of_the_Wycheproof_set_is_one_of_ours()
    {
        var tokens = from @group in Wycheproof.Load("json_web_signature_test.json").GetProperty("testGroups").EnumerateArray()
                     from test in @group.GetProperty("tests").EnumerateArray()
                     select test.GetProperty("jws").ToString();

        tokens.Count().ShouldBe(401);
        tokens.Where(token => Verify(token) != PlexJwtStatus.Malformed).ShouldBeEmpty();
    }

    private string Longest()
    {
        for (var filler = 2_800; ; filler++)
        {
            var token = TestKeys.Sign(_key, Header, Claims.Replace("\"n\"", $"\"{new string('n', filler)}\""));
            if (token.Length == 4096)
                return token;
            (token.Length < 4096).ShouldBeTrue("no filler makes exactly 4096 characters");
        }
    }

    private PlexJwtStatus Verify(string? token) => PlexJwt.Verify(token, [_key.PublicKey], PlexJwtRules.ForDevice("c"), Now).Status;
}
