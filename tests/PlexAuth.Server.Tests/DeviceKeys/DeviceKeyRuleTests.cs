using System.Diagnostics;
using System.Net;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.DeviceKeys;

public class DeviceKeyRuleTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Of_a_hundred_posts_of_one_signed_token_to_two_replicas_one_succeeds()
    {
        using var directory = new TemporaryDirectory();
        await using var one = await KeyedServer.StartAsync(_time, options => options.DataDirectory = directory.Path);
        await using var other = await KeyedServer.StartAsync(_time, options => options.DataDirectory = directory.Path);
        using var device = one.Device();
        using var atOther = other.Device(key: device.Key);
        await device.StartAsync();
        var jwt = device.Sign(device.Claims(await device.NonceAsync()));

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? device : atOther).PostAsync(jwt)));

        replies.Count(reply => reply.Status == HttpStatusCode.OK).ShouldBe(1);
        replies.Count(reply => (int)reply.Status == 422).ShouldBe(99);
    }

    [Fact]
    public async Task A_token_from_one_replica_opens_the_other()
    {
        using var directory = new TemporaryDirectory();
        await using var one = await KeyedServer.StartAsync(_time, options => options.DataDirectory = directory.Path);
        await using var other = await KeyedServer.StartAsync(_time, options => options.DataDirectory = directory.Path);
        using var device = one.Device();
        using var atOther = other.Device();

        var token = await device.StartAsync();
        (await atOther.PingAsync(token)).ShouldBe(200);

        (await device.SendAsync(HttpMethod.Delete, "/api/v2/users/signout", token)).Status.ShouldBe(HttpStatusCode.NoContent);
        _time.Advance(TimeSpan.FromSeconds(5));
        (await atOther.PingAsync(token)).ShouldBe(401);
    }

    [Fact]
    public async Task A_key_and_a_kid_stay_with_the_device_that_was_first()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var victim = server.Device("victim");
        var token = await victim.StartAsync();
        using var sameKid = PlexSigningKey.Create(victim.Key.KeyId);

        // The same key from another client identifier, by the same account and by another; the same client identifier by another account, with key or kid or both.
        (string Client, string Persona, PlexSigningKey Key, int Status)[] attempts =
        [
            ("other", "alice", victim.Key, 422), ("other", "bob", victim.Key, 422), ("victim", "bob", victim.Key, 422), ("victim", "bob", sameKid, 422),
            ("other", "bob", sameKid, 200), ("other-2", "alice", sameKid, 422),
        ];
        foreach (var (client, persona, key, status) in attempts)
        {
            var attacker = server.Device(client, key);
            var own = await attacker.SignInAsync(persona, $"{persona}-password");
            ((int)(await attacker.RegisterAsync(own)).Status).ShouldBe(status, $"{client} {persona}");
        }

        (await victim.PingAsync(token)).ShouldBe(200);
        PlexJwt.Read(await victim.ExchangeAsync()).Claims.User!.Username.ShouldBe("alice");
        PlexJwt.Read(await server.Device("other", sameKid).ExchangeAsync()).Claims.User!.Username.ShouldBe("bob");
    }

    [Fact]
    public async Task A_token_of_one_device_registers_no_key_for_another()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();

        ((int)(await device.RegisterAsync("alice-dev-token-0001")).Status).ShouldBe(422);
    }

    [Fact]
    public async Task A_new_key_of_the_same_device_ends_the_old_one_and_its_tokens()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        using var renewed = server.Device();
        var token = await device.StartAsync();

        var again = await renewed.SignInAsync("alice", "alice-password");
        (await renewed.RegisterAsync(again)).Status.ShouldBe(HttpStatusCode.OK);

        (await device.PingAsync(token)).ShouldBe(401);
        ((int)(await device.TryExchangeAsync()).Status).ShouldBe(422);
        (await renewed.PingAsync(await renewed.ExchangeAsync())).ShouldBe(200);
    }

    [Fact]
    public async Task The_same_key_under_a_new_kid_signs_in_by_that()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        var seed = new byte[32];
        Random.Shared.NextBytes(seed);
        using var device = server.Device(key: PlexSigningKey.ImportSeed(seed, "first"));
        using var renamed = server.Device(key: PlexSigningKey.ImportSeed(seed, "second"));
        await device.StartAsync();

        var token = await renamed.StartAsync();

        (await renamed.PingAsync(token)).ShouldBe(200);
        ((int)(await device.TryExchangeAsync()).Status).ShouldBe(422);
    }

    [Fact]
    public async Task An_expired_token_is_498_until_its_device_is_removed_and_a_forged_one_never()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        var token = await device.StartAsync();

        server.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await device.PingAsync(token)).ShouldBe(200);
        server.Advance(TimeSpan.FromSeconds(1));
        (await device.PingAsync(token)).ShouldBe(498);
        ((int)(await device.SendAsync(HttpMethod.Get, "/", token)).Status).ShouldBe(401, "a media server knows no 498");
        ((int)(await device.SendAsync(HttpMethod.Get, "/users/account.json", token)).Status).ShouldBe(422, "nor do the older addresses");
        (await device.PingAsync(token[..^3] + (token[^3] == 'A' ? 'B' : 'A') + token[^2..])).ShouldBe(401);
        (await device.PingAsync(device.Sign(PlexJwt.Read(token).Claims))).ShouldBe(401);
        (await device.PingAsync(await device.ExchangeAsync())).ShouldBe(200);

        await server.ExecuteAsync("DELETE FROM devices WHERE client_identifier = 'device-1'");
        (await device.PingAsync(token)).ShouldBe(401);
    }

    [Theory]
    [InlineData("DELETE FROM devices WHERE client_identifier = 'device-1'")]
    [InlineData("UPDATE accounts SET disabled = 1 WHERE username = 'alice'")]
    public async Task Removing_a_device_or_disabling_an_account_ends_token_and_key(string change)
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        var token = await device.StartAsync();

        await server.ExecuteAsync(change);
        server.Advance(TimeSpan.FromSeconds(5));

        (await device.PingAsync(token)).ShouldBe(401);
        ((int)(await device.TryExchangeAsync()).Status).ShouldBe(422);
    }

    [Fact]
    public async Task Signing_out_with_a_signed_token_ends_its_key_too()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        var (first, second) = (await device.StartAsync(), await device.ExchangeAsync());

        (await device.SendAsync(HttpMethod.Delete, "/api/v2/users/signout", second)).Status.ShouldBe(HttpStatusCode.NoContent);

        (await device.PingAsync(first), await device.PingAsync(second)).ShouldBe((401, 401));
        ((int)(await device.TryExchangeAsync()).Status).ShouldBe(422);
    }

    [Fact]
    public async Task Fetching_tokens_over_and_over_leaves_few_rows()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        await device.StartAsync();

        for (var i = 0; i < 12; i++)
        {
            server.Advance(TimeSpan.FromMinutes(1));
            await device.ExchangeAsync();
        }

        (await server.Get<Server.Data.Database>().ReadAsync(
            session => session.FirstOrDefaultAsync<int>("SELECT COUNT(*) FROM tokens WHERE kind = 3"), TestContext.Current.CancellationToken)).ShouldBe(5);
    }

    [Fact]
    public async Task A_key_made_by_the_openssl_command_line_signs_in()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "Install openssl.");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/openssl", "genpkey -algorithm ed25519") { UseShellExecute = false, RedirectStandardOutput = true })!;
        var pem = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device(key: PlexSigningKey.ImportPem(pem));

        (await device.PingAsync(await device.StartAsync())).ShouldBe(200);
    }

    [Fact]
    public async Task Nothing_logged_holds_a_token_a_nonce_or_a_signature()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        var token = await device.StartAsync();
        var nonce = await device.NonceAsync();
        var jwt = device.Sign(device.Claims(nonce));
        await device.PostAsync(jwt);
        await device.PostAsync(jwt);
        await device.PingAsync(token + "x");

        server.Host.Log.Entries.Where(entry => entry.Contains(token, StringComparison.Ordinal) || entry.Contains(nonce, StringComparison.Ordinal)
            || entry.Contains(jwt, StringComparison.Ordinal) || entry.Contains("eyJ", StringComparison.Ordinal)).ShouldBeEmpty();
        server.Host.Log.Entries.ShouldContain(entry => entry.Contains("Device device-1 brought a signed token: Refused", StringComparison.Ordinal));
    }
}
