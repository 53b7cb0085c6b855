using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys;
using PlexAuth.Server.DeviceKeys.Issuer;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.DeviceKeys;

public class IssuerKeyTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_signs_for_thirty_days_and_is_published_for_eight_more()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        var token = await device.StartAsync();
        var first = (await PublishedAsync(device)).ShouldHaveSingleItem();

        server.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        (await PublishedAsync(device)).ShouldBe([first]);
        server.Advance(TimeSpan.FromSeconds(1));
        var both = await PublishedAsync(device);
        both.Count.ShouldBe(2);
        both[0].ShouldBe(first);
        PlexJwt.Read(await device.ExchangeAsync()).KeyId.ShouldBe(both[1].KeyId);

        server.Advance(TimeSpan.FromDays(8) - TimeSpan.FromMinutes(10));
        (await PublishedAsync(device)).ShouldBe(both);
        server.Advance(TimeSpan.FromMinutes(10));
        (await PublishedAsync(device)).ShouldBe([both[1]]);
        PlexJwt.Verify(token, both, PlexJwtRules.ForAccount("device-1"), _time.GetUtcNow()).Status.ShouldBe(PlexJwtStatus.Expired);
    }

    [Fact]
    public async Task Rotation_under_load_refuses_no_valid_token_and_leaves_none_that_cannot_be_verified()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        var devices = Enumerable.Range(0, 4).Select(i => server.Device($"device-{i}")).ToList();
        var tokens = await Task.WhenAll(devices.Select(device => device.StartAsync()));
        var statuses = new List<int>();
        using var stop = new CancellationTokenSource();

        var load = Task.WhenAll(devices.Select(async (device, i) =>
        {
            for (var call = 0; !stop.IsCancellationRequested; call++)
            {
                var token = call % 25 == 24 && call < 200 ? tokens[i] = await device.ExchangeAsync() : tokens[i];
                var status = await device.PingAsync(token);
                lock (statuses)
                    statuses.Add(status);
            }
        }));
        for (var rotation = 0; rotation < 15; rotation++)
        {
            await server.Get<IssuerKeyService>().RotateAsync(Cancellation);
            server.Advance(TimeSpan.FromSeconds(15));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await load;
        statuses.ShouldAllBe(status => status == 200);
        var published = await PublishedAsync(devices[0]);
        published.Count.ShouldBe(16);
        for (var i = 0; i < tokens.Length; i++)
            PlexJwt.Verify(tokens[i], published, PlexJwtRules.ForAccount($"device-{i}"), _time.GetUtcNow()).IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task Replicas_that_rotate_at_once_agree_on_one_key()
    {
        using var directory = new TemporaryDirectory();
        await using var one = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path, _time);
        await using var other = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path, _time);
        _time.Advance(TimeSpan.FromDays(30));

        var keys = await Task.WhenAll(one.Get<IssuerKeyService>().GetAsync(Cancellation).AsTask(), other.Get<IssuerKeyService>().GetAsync(Cancellation).AsTask());

        keys[0].Signing.Generation.ShouldBe(2);
        keys[0].PublicKeys.ShouldBe(keys[1].PublicKeys);
    }

    [Fact]
    public async Task Keys_outlive_a_restart_and_are_sealed_where_they_lie()
    {
        using var directory = new TemporaryDirectory();
        PlexJwk published;
        string secret;
        await using (var host = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path, _time))
        {
            var signing = (await host.Get<IssuerKeyService>().GetAsync(Cancellation)).Signing;
            published = signing.Key.PublicKey;
            secret = JsonElement.Parse(signing.Key.ExportJwk()).GetProperty("d").GetString()!;
        }

        await using (var host = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path, _time))
            (await host.Get<IssuerKeyService>().GetAsync(Cancellation)).Signing.Key.PublicKey.ShouldBe(published);

        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(directory.Path))
        {
            var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation));
            bytes.ShouldNotContain(secret);
            bytes.ShouldNotContain(Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(secret)));
        }
    }

    [Fact]
    public async Task A_retired_keys_private_half_is_gone()
    {
        await using var host = await RulesHost.StartAsync(time: _time);
        await host.Get<IssuerKeyService>().RotateAsync(Cancellation);

        (await host.ReadAsync<int>("SELECT COUNT(*) FROM issuer_keys WHERE sealed_private_key IS NOT NULL")).ShouldBe(1);
    }

    private static async Task<IReadOnlyList<PlexJwk>> PublishedAsync(KeyedDevice device) =>
        [.. JsonElement.Parse((await device.SendAsync(HttpMethod.Get, "/api/v2/auth/keys")).Body).GetProperty("keys").EnumerateArray().Select(key => PlexJwk.Parse(key.GetRawText()))];
}
