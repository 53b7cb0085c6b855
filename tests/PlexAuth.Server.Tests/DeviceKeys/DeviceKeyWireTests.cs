using System.Net;
using System.Text.Json;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.DeviceKeys;

public class DeviceKeyWireTests
{
    private readonly FakeTimeProvider _time = new();

    public static TheoryData<string> SmallOrder =>
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
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    [Fact]
    public async Task A_registered_device_gets_a_token_that_opens_what_its_account_may_and_says_what_was_asked()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();

        var token = await device.StartAsync();

        foreach (var path in (string[])["/api/v2/user", "/api/v2/ping", "/", "/security/resources?source=provider://tv.plex.provider.podcasts"])
            (await device.SendAsync(HttpMethod.Get, path, token)).Status.ShouldBe(HttpStatusCode.OK, path);

        var keys = JsonElement.Parse((await device.SendAsync(HttpMethod.Get, "/api/v2/auth/keys")).Body).GetProperty("keys");
        var issuer = PlexJwk.Parse(keys[0].GetRawText());
        var claims = PlexJwt.Verify(token, [issuer], PlexJwtRules.ForAccount("device-1"), _time.GetUtcNow()).Jwt.ShouldNotBeNull().Claims;
        (claims.Thumbprint, claims.ExpiresAt - claims.IssuedAt, claims.Nonce is null).ShouldBe((device.Key.KeyId, TimeSpan.FromDays(7), false));
        claims.Audiences.ShouldBe(["plex.tv", "device-1"]);
        var user = claims.User.ShouldNotBeNull();
        (user.Username, user.Email, user.FriendlyName, user.Restricted, user.Anonymous, user.JoinedAt).ShouldBe(("alice", null, null, null, null, null));
    }

    [Theory]
    [InlineData("no jwt", 400)]
    [InlineData("not json", 400)]
    [InlineData("garbage", 422)]
    [InlineData("another key", 422)]
    [InlineData("another issuer", 422)]
    [InlineData("another audience", 422)]
    [InlineData("an unknown scope", 422)]
    [InlineData("no nonce", 422)]
    [InlineData("an invented nonce", 422)]
    [InlineData("another device's nonce", 422)]
    [InlineData("a nonce five minutes old", 422)]
    [InlineData("25 hours", 422)]
    [InlineData("future", 422)]
    [InlineData("expired", 498)]
    [InlineData("expired, another key", 422)]
    [InlineData("expired, another audience", 422)]
    [InlineData("unregistered", 422)]
    public async Task Each_flaw_has_its_status_and_only_expiry_is_named(string flaw, int status)
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        await device.StartAsync();

        var reply = await BringAsync(server, device, flaw);

        ((int)reply.Status).ShouldBe(status, reply.Body);
        var error = JsonElement.Parse(reply.Body).GetProperty("errors")[0];
        error.GetProperty("message").GetString().ShouldBe(status switch
        {
            400 => "The request was malformed, missed a required parameter or contained invalid values for them",
            498 => "The token has expired",
            _ => "The key or signed token could not be accepted",
        });
    }

    [Theory]
    [InlineData(61, 300, 422)]
    [InlineData(60, 300, 200)]
    [InlineData(59, 300, 200)]
    [InlineData(-300, 240, 498)]
    [InlineData(-300, 241, 200)]
    [InlineData(-300, 239, 498)]
    [InlineData(0, 86_400, 200)]
    [InlineData(0, 86_401, 422)]
    public async Task Times_have_a_minute_of_leeway_and_a_day_at_most(int issuedIn, int lifetime, int status)
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        await device.StartAsync();
        var claims = device.Claims(await device.NonceAsync());
        claims = claims with { IssuedAt = claims.IssuedAt.AddSeconds(issuedIn), ExpiresAt = claims.IssuedAt.AddSeconds(issuedIn + lifetime) };

        ((int)(await device.PostAsync(device.Sign(claims))).Status).ShouldBe(status);
    }

    [Theory]
    [MemberData(nameof(SmallOrder))]
    public async Task A_key_that_anybody_can_forge_signatures_for_is_refused_wherever_keys_are_taken(string hex)
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device("plexauth-dev-alice");
        var jwk = $$"""{"kty":"OKP","crv":"Ed25519","x":"{{System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(hex))}}","kid":"k"}""";

        ((int)(await device.RegisterAsync("alice-dev-token-0001", jwk)).Status).ShouldBe(422);
        ((int)(await device.SendJsonAsync("/api/v2/pins", $$"""{"jwk":{{jwk}},"strong":true}""")).Status).ShouldBe(422);
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"jwk":"text"}""", 400)]
    [InlineData("""{"jwk":{}}""", 422)]
    [InlineData("""{"jwk":{"kty":"RSA","n":"AQ","e":"AQAB"}}""", 422)]
    [InlineData("""{"jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}}""", 422)]
    [InlineData("""{"jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}""", 200)]
    public async Task What_is_no_public_key_is_not_registered(string body, int status)
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device("plexauth-dev-alice");

        ((int)(await device.SendJsonAsync("/api/v2/auth/jwk", body, "alice-dev-token-0001")).Status).ShouldBe(status);
        ((int)(await device.SendJsonAsync("/api/v2/auth/jwk", body)).Status).ShouldBe(401);
    }

    [Fact]
    public async Task The_eleventh_nonce_within_a_minute_has_to_wait_and_no_other_device_with_it()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        using var other = server.Device("device-2");
        for (var i = 0; i < 10; i++)
            await device.NonceAsync();

        var refused = await device.SendAsync(HttpMethod.Get, "/api/v2/auth/nonce");
        ((int)refused.Status, refused.Headers["Retry-After"]).ShouldBe((429, "6"));
        await other.NonceAsync();

        server.Advance(TimeSpan.FromSeconds(6));
        await device.NonceAsync();
        (await server.Get<Server.Data.Database>().ReadAsync(
            session => session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM device_nonces WHERE client_identifier = 'device-1'"), TestContext.Current.CancellationToken)).ShouldBe(5);
    }

    private async Task<Reply> BringAsync(KeyedServer server, KeyedDevice device, string flaw)
    {
        using var another = server.Device(device.Client);
        var claims = device.Claims(await device.NonceAsync());
        switch (flaw)
        {
            case "no jwt": return await device.SendJsonAsync("/api/v2/auth/token", "{}");
            case "not json": return await device.SendJsonAsync("/api/v2/auth/token", "{");
            case "garbage": return await device.PostAsync("garbage");
            case "another key": return await device.PostAsync(another.Sign(claims));
            case "another issuer": return await device.PostAsync(device.Sign(claims with { Issuer = "device-2" }));
            case "another audience": return await device.PostAsync(device.Sign(claims with { Audiences = ["plex.example"] }));
            case "an unknown scope": return await device.PostAsync(device.Sign(claims with { Scopes = ["everything"] }));
            case "no nonce": return await device.PostAsync(device.Sign(claims with { Nonce = null }));
            case "an invented nonce": return await device.PostAsync(device.Sign(claims with { Nonce = "7c415b56-8f48-488a-98ab-847ef4460442" }));
            case "another device's nonce":
                using (var other = server.Device("device-2"))
                    return await device.PostAsync(device.Sign(device.Claims(await other.NonceAsync())));
            case "a nonce five minutes old":
                server.Advance(TimeSpan.FromMinutes(5));
                return await device.PostAsync(device.Sign(device.Claims(claims.Nonce)));
            case "25 hours": return await device.PostAsync(device.Sign(claims with { ExpiresAt = claims.IssuedAt.AddHours(25) }));
            case "future": return await device.PostAsync(device.Sign(claims with { IssuedAt = claims.IssuedAt.AddMinutes(10), ExpiresAt = claims.IssuedAt.AddMinutes(15) }));
            case "unregistered": return await another.TryExchangeAsync();
        }

        server.Advance(TimeSpan.FromMinutes(7));
        return flaw switch
        {
            "expired" => await device.PostAsync(device.Sign(claims)),
            "expired, another key" => await device.PostAsync(another.Sign(claims)),
            _ => await device.PostAsync(device.Sign(claims with { Audiences = ["plex.example"] })),
        };
    }
}
