using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.DeviceKeys;

/// <summary>The client against the server, over weeks and mishaps.</summary>
public class StaySignedInTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<PlexTokenInvalidReason> _invalidated = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_month_of_daily_calls_needs_nobody()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        await device.StartAsync();
        using var plex = Plex(server, device);

        for (var day = 0; day < 32; day++)
        {
            await plex.Authentication.PingAsync(cancellationToken: Cancellation);
            server.Advance(TimeSpan.FromDays(1));
        }

        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task Signed_out_everywhere_while_running_is_told_within_one_call_and_healed_by_one_sign_in()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        await device.StartAsync();
        using var plex = Plex(server, device);
        await plex.Authentication.PingAsync(cancellationToken: Cancellation);

        await server.ExecuteAsync("DELETE FROM tokens");
        await server.ExecuteAsync("DELETE FROM device_keys");
        server.Advance(TimeSpan.FromSeconds(5));
        await Should.ThrowAsync<PlexUnauthorizedException>(() => plex.Authentication.PingAsync(cancellationToken: Cancellation));

        _invalidated.ShouldBe([PlexTokenInvalidReason.DeviceKeyRefused]);
        await device.StartAsync();
        server.Advance(TimeSpan.FromMinutes(1));
        await plex.Authentication.PingAsync(cancellationToken: Cancellation);
        _invalidated.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task A_clock_ten_minutes_wrong_signs_in_and_stays_so(int minutes)
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var device = server.Device();
        await device.StartAsync();
        using var plex = Plex(server, device, new WrongClock(_time, TimeSpan.FromMinutes(minutes)));

        for (var week = 0; week < 3; week++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => plex.Authentication.PingAsync(cancellationToken: Cancellation)));
            server.Advance(TimeSpan.FromDays(7));
        }

        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_whole_way_by_the_clients_own_operations()
    {
        await using var server = await KeyedServer.StartAsync(_time);
        using var plex = server.Client(credential: null);
        using var key = PlexSigningKey.Create();
        await plex.Authentication.SignInAsync("alice", "alice-password", cancellationToken: Cancellation);

        await plex.Keys.RegisterAsync(key.PublicKey, cancellationToken: Cancellation);
        var token = await plex.Keys.ExchangeAsync(key, PlexJwtScopes.All, cancellationToken: Cancellation);
        var verified = await plex.Keys.VerifyAsync(token.Reveal(), cancellationToken: Cancellation);

        verified.Jwt.ShouldNotBeNull().Claims.User.ShouldNotBeNull().Email.ShouldBe("alice@example.com");
    }

    private PlexClient Plex(KeyedServer server, KeyedDevice device, TimeProvider? time = null)
    {
        var plex = server.Client(PlexCredential.FromDeviceKey(device.Key), time: time);
        plex.TokenInvalidated += (_, e) => _invalidated.Add(e.Reason);
        return plex;
    }

    private sealed class WrongClock(TimeProvider right, TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + ahead;

        public override long TimestampFrequency => right.TimestampFrequency;

        public override long GetTimestamp() => right.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => right.CreateTimer(callback, state, dueTime, period);
    }
}
