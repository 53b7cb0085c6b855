using System.Net;
using System.Text.Json;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.DeviceKeys;

public class PinWithKeyTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pin_registers_its_key_and_gives_a_token_that_the_key_renews()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var key = PlexSigningKey.Create();
        using var plex = server.Client(credential: null, time: TimeProvider.System);

        var signIn = await plex.Pins.StartSignInAsync(new PlexPinRequest { Strong = true, DeviceKey = key }, cancellationToken: Cancellation);
        await LinkAsync(server, signIn.Code);
        using var sameTime = server.Client(credential: null);
        var resumed = await sameTime.Pins.ResumeSignInAsync(signIn.Id, key, cancellationToken: Cancellation);
        var token = await resumed.WaitForTokenAsync(Cancellation);

        PlexJwt.Read(token.Reveal()).Claims.Thumbprint.ShouldBe(key.KeyId);
        (await sameTime.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Username.ShouldBe("alice");
        using var renewing = server.Client(PlexCredential.FromDeviceKey(key));
        (await renewing.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Username.ShouldBe("alice");
    }

    [Fact]
    public async Task Only_who_signs_with_the_pins_key_is_given_its_token()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        using var thief = server.Device();
        var pin = JsonElement.Parse((await device.SendJsonAsync("/api/v2/pins", $$"""{"jwk":{{device.Key.PublicKey.ToJson()}},"strong":true}""")).Body);
        var path = $"/api/v2/pins/{pin.GetProperty("id")}";
        (await PollAsync(device, path, device.Sign(device.Claims(nonce: null)))).ShouldBe((200, null));

        await LinkAsync(server, pin.GetProperty("code").GetString()!);

        (await PollAsync(device, path, null)).ShouldBe((200, null));
        (await PollAsync(device, path, thief.Sign(thief.Claims(nonce: null)))).ShouldBe((422, null));
        (await PollAsync(device, path, "garbage")).ShouldBe((422, null));
        server.Advance(TimeSpan.FromSeconds(1));
        var (status, token) = await PollAsync(device, path, device.Sign(device.Claims(await device.NonceAsync())));
        status.ShouldBe(200);
        (await PollAsync(device, path, device.Sign(device.Claims(nonce: null)))).ShouldBe((200, token));
        (await PollAsync(device, path, null)).ShouldBe((200, null));
        (await device.PingAsync(token!)).ShouldBe(200);
        (await device.PingAsync(await device.ExchangeAsync())).ShouldBe(200);
    }

    [Fact]
    public async Task A_proof_that_has_run_out_is_498()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        var pin = JsonElement.Parse((await device.SendJsonAsync("/api/v2/pins", $$"""{"jwk":{{device.Key.PublicKey.ToJson()}},"strong":true}""")).Body);
        var proof = device.Sign(device.Claims(nonce: null));

        server.Advance(TimeSpan.FromMinutes(6));

        (await PollAsync(device, $"/api/v2/pins/{pin.GetProperty("id")}", proof)).ShouldBe((498, null));
    }

    [Fact]
    public async Task Another_devices_key_makes_no_pin_and_another_accounts_gives_no_token()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var victim = server.Device("victim");
        var token = await victim.StartAsync("bob");
        var body = $$"""{"jwk":{{victim.Key.PublicKey.ToJson()}},"strong":true}""";

        ((int)(await server.Device("thief", victim.Key).SendJsonAsync("/api/v2/pins", body)).Status).ShouldBe(422);
        var pin = JsonElement.Parse((await victim.SendJsonAsync("/api/v2/pins", body)).Body);
        await LinkAsync(server, pin.GetProperty("code").GetString()!);

        (await PollAsync(victim, $"/api/v2/pins/{pin.GetProperty("id")}", victim.Sign(victim.Claims(nonce: null)))).ShouldBe((422, null));
        (await victim.PingAsync(token)).ShouldBe(200);
    }

    private static async Task LinkAsync(KeyedServer server, string code)
    {
        using var person = server.Device("plexauth-dev-alice");
        (await person.SendAsync(HttpMethod.Put, $"/api/v2/pins/link?code={code}", "alice-dev-token-0001")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    private static async Task<(int Status, string? Token)> PollAsync(KeyedDevice device, string path, string? proof)
    {
        var reply = await device.SendAsync(HttpMethod.Get, proof is null ? path : $"{path}?deviceJWT={proof}");
        return ((int)reply.Status, JsonElement.Parse(reply.Body) is var json && json.TryGetProperty("authToken", out var token) ? token.GetString() : null);
    }
}
