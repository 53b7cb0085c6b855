using System.Buffers.Text;
using System.Text;

namespace PlexAuth.Tests.Keys;

public sealed class PlexJwtTests : IDisposable
{
    private const string Client = "my-app-7f3c";
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly PlexSigningKey _key = PlexSigningKey.Create("my-kid");

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Device_token_is_written_as_python_plexapi_sends_it()
    {
        var jwt = PlexJwt.Create(_key, PlexJwtClaims.ForDevice(Client, Now, "7c415b56-8f48-488a-98ab-847ef4460442", ["username", "email", "friendly_name"]));
        var parts = jwt.Token.Reveal().Split('.');

        Decode(parts[0]).ShouldBe("""{"alg":"EdDSA","typ":"JWT","kid":"my-kid"}""");
        Decode(parts[1]).ShouldBe(
            """{"nonce":"7c415b56-8f48-488a-98ab-847ef4460442","scope":"username,email,friendly_name","iss":"my-app-7f3c","aud":"plex.tv","iat":1777636800,"exp":1777637100}""");
        jwt.Claims.Scopes.ShouldBe(["username", "email", "friendly_name"]);
    }

    [Fact]
    public void Device_token_for_polling_a_pin_has_neither_nonce_nor_scope()
    {
        var jwt = PlexJwt.Create(_key, PlexJwtClaims.ForDevice(Client, Now, lifetime: TimeSpan.FromHours(1)));

        Decode(jwt.Token.Reveal().Split('.')[1]).ShouldBe("""{"iss":"my-app-7f3c","aud":"plex.tv","iat":1777636800,"exp":1777640400}""");
    }

    [Fact]
    public void Account_token_is_written_as_Plex_issues_it_and_read_back_whole()
    {
        var user = new PlexJwtUser(42)
        {
            Uuid = "0123456789abcdef",
            Username = "alice",
            Email = "alice@example.com",
            FriendlyName = "Älice",
            Restricted = false,
            Anonymous = false,
            JoinedAt = DateTimeOffset.FromUnixTimeSeconds(1_300_000_000),
        };
        var jwt = PlexJwt.Create(_key, PlexJwtClaims.ForAccount(Client, "device-kid", user, Now, "nonce"));

        Decode(jwt.Token.Reveal().Split('.')[1]).ShouldBe(
            """{"nonce":"nonce","thumbprint":"device-kid","iss":"plex.tv","aud":["plex.tv","my-app-7f3c"],"iat":1777636800,"exp":1778241600,"user":{"id":42,"uuid":"0123456789abcdef","username":"alice","email":"alice@example.com","friendly_name":"\u00C4lice","restricted":false,"anonymous":false,"joinedAt":1300000000}}""");
        var verified = PlexJwt.Verify(jwt.Token.Reveal(), [_key.PublicKey], PlexJwtRules.ForAccount(Client), Now).Jwt.ShouldNotBeNull();
        verified.Claims.User.ShouldBe(user);
        verified.Claims.Thumbprint.ShouldBe("device-kid");
        verified.KeyId.ShouldBe("my-kid");
    }

    // Seconds from exp or iat; the leeway is 60.
    [Theory]
    [InlineData("exp", -61, PlexJwtStatus.Valid)]
    [InlineData("exp", -60, PlexJwtStatus.Valid)]
    [InlineData("exp", -59, PlexJwtStatus.Valid)]
    [InlineData("exp", 59, PlexJwtStatus.Valid)]
    [InlineData("exp", 60, PlexJwtStatus.Expired)]
    [InlineData("exp", 61, PlexJwtStatus.Expired)]
    [InlineData("iat", -61, PlexJwtStatus.NotYetValid)]
    [InlineData("iat", -60, PlexJwtStatus.Valid)]
    [InlineData("iat", -59, PlexJwtStatus.Valid)]
    [InlineData("iat", 59, PlexJwtStatus.Valid)]
    [InlineData("iat", 60, PlexJwtStatus.Valid)]
    [InlineData("iat", 61, PlexJwtStatus.Valid)]
    [InlineData("nbf", -61, PlexJwtStatus.NotYetValid)]
    [InlineData("nbf", -60, PlexJwtStatus.Valid)]
    public void Clocks_may_differ_by_a_minute(string edge, int seconds, PlexJwtStatus expected)
    {
        var claims = PlexJwtClaims.ForDevice(Client, Now, "n");
        var at = edge switch { "exp" => claims.ExpiresAt, "iat" => claims.IssuedAt, _ => claims.IssuedAt.AddSeconds(120) };
        if (edge == "nbf")
            claims = claims with { NotBefore = at };

        Verify(PlexJwt.Create(_key, claims).Token.Reveal(), at.AddSeconds(seconds)).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData(24 * 3600, PlexJwtStatus.Valid)]
    [InlineData((24 * 3600) + 1, PlexJwtStatus.TooLongLived)]
    public void Device_token_lasts_a_day_at_most(int seconds, PlexJwtStatus expected)
    {
        Verify(Device(Now, lifetime: TimeSpan.FromSeconds(seconds)), Now).Status.ShouldBe(expected);
    }

    [Fact]
    public void Expired_is_only_said_of_a_token_that_is_right_in_everything_else()
    {
        var late = Now.AddHours(1);
        using var stranger = PlexSigningKey.Create("my-kid");
        var token = Device(Now);

        Verify(token, late).Status.ShouldBe(PlexJwtStatus.Expired);
        PlexJwt.Verify(token, [stranger.PublicKey], PlexJwtRules.ForDevice(Client), late).Status.ShouldBe(PlexJwtStatus.WrongSignature);
        PlexJwt.Verify(token, [], PlexJwtRules.ForDevice(Client), late).Status.ShouldBe(PlexJwtStatus.UnknownKey);
        PlexJwt.Verify(token, [_key.PublicKey], PlexJwtRules.ForDevice("other"), late).Status.ShouldBe(PlexJwtStatus.WrongIssuer);
        PlexJwt.Verify(token, [_key.PublicKey], new PlexJwtRules(Client, "example.com"), late).Status.ShouldBe(PlexJwtStatus.WrongAudience);
        Verify(Device(Now, lifetime: TimeSpan.FromHours(25)), Now.AddDays(3)).Status.ShouldBe(PlexJwtStatus.TooLongLived);
        Verify(token + "x", late).Status.ShouldBe(PlexJwtStatus.Malformed);
    }

    [Fact]
    public void Only_a_valid_token_gives_its_claims()
    {
        var valid = Verify(Device(Now), Now);
        var expired = Verify(Device(Now), Now.AddHours(1));

        valid.IsValid.ShouldBeTrue();
        valid.Jwt.ShouldNotBeNull().Claims.Issuer.ShouldBe(Client);
        valid.Problem.ShouldBeNull();
        expired.IsValid.ShouldBeFalse();
        expired.Jwt.ShouldBeNull();
        expired.Problem.ShouldBe("The token expired at 2026-05-01 12:05:00Z.");
    }

    [Fact]
    public void Kid_chooses_among_several_keys()
    {
        using var other = PlexSigningKey.Create();
        var unnamed = new PlexJwk(other.PublicKey.GetPublicKey());

        PlexJwt.Verify(Device(Now), [other.PublicKey, _key.PublicKey], PlexJwtRules.ForDevice(Client), Now).IsValid.ShouldBeTrue();
        PlexJwt.Verify(Device(Now, key: other), [_key.PublicKey, unnamed], PlexJwtRules.ForDevice(Client), Now).IsValid.ShouldBeTrue();
        PlexJwt.Verify(Device(Now, key: other), [_key.PublicKey], PlexJwtRules.ForDevice(Client), Now).Status.ShouldBe(PlexJwtStatus.UnknownKey);
    }

    [Fact]
    public void Token_without_kid_is_checked_against_the_only_key_and_never_tried_on_several()
    {
        using var other = PlexSigningKey.Create();
        var token = TestKeys.Sign(_key, """{"alg":"EdDSA"}""", $$"""{"iss":"{{Client}}","aud":"plex.tv","iat":{{Now.ToUnixTimeSeconds()}},"exp":{{Now.ToUnixTimeSeconds() + 300}}}""");

        Verify(token, Now).IsValid.ShouldBeTrue();
        PlexJwt.Verify(token, [_key.PublicKey, other.PublicKey], PlexJwtRules.ForDevice(Client), Now).Status.ShouldBe(PlexJwtStatus.UnknownKey);
    }

    [Fact]
    public void Either_audience_of_an_account_token_will_do()
    {
        var token = PlexJwt.Create(_key, PlexJwtClaims.ForAccount(Client, "t", new PlexJwtUser(1), Now)).Token.Reveal();

        PlexJwt.Verify(token, [_key.PublicKey], PlexJwtRules.ForAccount(Client), Now).IsValid.ShouldBeTrue();
        PlexJwt.Verify(token, [_key.PublicKey], new PlexJwtRules("plex.tv", "plex.tv"), Now).IsValid.ShouldBeTrue();
        PlexJwt.Verify(token, [_key.PublicKey], PlexJwtRules.ForAccount("other"), Now).Status.ShouldBe(PlexJwtStatus.WrongAudience);
    }

    [Fact]
    public void Nothing_prints_the_token_or_what_is_personal()
    {
        var jwt = PlexJwt.Create(_key, PlexJwtClaims.ForAccount(Client, "t", new PlexJwtUser(1) { Email = "alice@example.com" }, Now, "secret-nonce"));
        var printed = $"{jwt} {jwt.Claims} {jwt.Claims.User} {jwt.Token} {Verify(jwt.Token.Reveal(), Now)}";

        printed.ShouldNotContain("eyJ", Case.Sensitive);
        printed.ShouldNotContain("alice");
        printed.ShouldNotContain("secret-nonce");
    }

    [Fact]
    public void Claims_that_make_no_token_are_refused_when_it_is_made()
    {
        Should.Throw<ArgumentException>(() => Device(Now, lifetime: TimeSpan.FromMinutes(-5)));
        Should.Throw<ArgumentException>(() => PlexJwt.Create(_key, PlexJwtClaims.ForDevice("", Now)));
        Should.Throw<ArgumentException>(() => PlexJwt.Create(_key, PlexJwtClaims.ForDevice(new string('x', 4096), Now))).Message.ShouldContain("4096");
    }

    [Fact]
    public void Reading_says_what_is_wrong_without_repeating_the_token()
    {
        Should.Throw<FormatException>(() => PlexJwt.Read("abc-secret")).Message.ShouldBe("A signed token has exactly three parts between dots.");
        PlexJwt.TryRead("20characterslegacyto", out _).ShouldBeFalse();
        PlexJwt.TryRead(null, out _).ShouldBeFalse();
        PlexJwt.TryRead(Device(Now), out var jwt).ShouldBeTrue();
        jwt!.Claims.ExpiresAt.ShouldBe(Now.AddMinutes(5));
    }

    private string Device(DateTimeOffset now, TimeSpan? lifetime = null, PlexSigningKey? key = null) =>
        PlexJwt.Create(key ?? _key, PlexJwtClaims.ForDevice(Client, now, "n", lifetime: lifetime)).Token.Reveal();

    private PlexJwtVerification Verify(string token, DateTimeOffset now) => PlexJwt.Verify(token, [_key.PublicKey], PlexJwtRules.ForDevice(Client), now);

    private static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
