using System.Net;

namespace PlexAuth.Tests;

public sealed class DeviceKeyCredentialTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly PlexSigningKey _key = PlexSigningKey.Create();
    private readonly KeyService _service;
    private readonly List<PlexTokenInvalidReason> _invalidated = [];

    public DeviceKeyCredentialTests() => _service = new KeyService(_time) { Device = _key.PublicKey };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_waiting_calls_cause_one_exchange()
    {
        using var plex = Plex();

        await PingAsync(plex, 100);

        _service.Exchanges.ShouldBe(1);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    [InlineData(23 * 60)]
    [InlineData(-23 * 60)]
    public async Task A_clock_that_is_wrong_does_not_matter(int minutes)
    {
        _service.Ahead = TimeSpan.FromMinutes(minutes);
        using var plex = Plex();

        await PingAsync(plex, 1);

        _service.Exchanges.ShouldBe(1);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(-25)]
    public async Task A_clock_said_to_be_wrong_by_more_than_a_day_is_not_believed(int hours)
    {
        _service.Ahead = TimeSpan.FromHours(hours);
        using var plex = Plex();

        await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex, 1));
    }

    [Fact]
    public async Task A_signature_too_old_for_the_service_says_nothing_about_the_key()
    {
        _service.Ahead = TimeSpan.FromHours(25);
        using var plex = Plex();

        (await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex, 1))).Message.ShouldContain("check this machine's clock");
        _service.Ahead = TimeSpan.Zero;
        await PingAsync(plex, 1);

        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_captive_portal_says_nothing_about_the_key()
    {
        using var plex = Plex();
        await PingAsync(plex, 1);
        _time.Advance(TimeSpan.FromDays(8));

        _service.Portal = "<html><body>Log in to the hotel's network</body></html>";
        await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex, 1));
        _service.Portal = null;
        await PingAsync(plex, 1);

        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_laptop_that_slept_for_eight_days_wakes_with_one_exchange()
    {
        using var plex = Plex();
        await PingAsync(plex, 1);

        _time.Advance(TimeSpan.FromDays(8));
        await PingAsync(plex, 50);

        _service.Exchanges.ShouldBe(2);
        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_seven_days_old_on_a_clock_eight_minutes_slow_is_renewed_once_for_all_waiting_calls()
    {
        using var plex = Plex();
        await PingAsync(plex, 1);

        _service.Ahead = TimeSpan.FromMinutes(8);
        _service.KeysDown = true;
        _time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(4));
        await Should.ThrowAsync<PlexServerException>(() => PingAsync(plex, 1));
        _service.KeysDown = false;
        await PingAsync(plex, 50);

        _service.Exchanges.ShouldBe(2);
        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_hour_without_the_service_before_the_end_is_not_noticed()
    {
        using var plex = Plex();
        await PingAsync(plex, 1);

        _time.Advance(TimeSpan.FromDays(6.5));
        _service.KeysDown = true;
        for (var minute = 0; minute < 60; minute++)
        {
            await PingAsync(plex, 1);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        _service.KeysDown = false;
        _time.Advance(TimeSpan.FromMinutes(2));
        await PingAsync(plex, 10);

        _service.Exchanges.ShouldBe(2);
        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_hangs_before_the_end_costs_a_call_five_seconds()
    {
        using var plex = Plex();
        await PingAsync(plex, 1);

        _time.Advance(TimeSpan.FromDays(6.5));
        _service.NoncesHang = true;
        var requests = _service.Requests;
        var call = PingAsync(plex, 1);
        while (_service.Requests == requests)
            await Task.Yield();
        _time.Advance(TimeSpan.FromSeconds(5));
        await call;

        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_hour_without_any_network_is_a_failure_but_no_reason_to_sign_in_again()
    {
        using var plex = Plex();
        await PingAsync(plex, 1);
        _time.Advance(TimeSpan.FromDays(8));

        _service.NetworkDown = true;
        for (var call = 0; call < 5; call++)
            await Should.ThrowAsync<PlexNetworkException>(() => PingAsync(plex, 1));
        _service.NetworkDown = false;
        await PingAsync(plex, 1);

        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_revoked_token_is_replaced_unnoticed_while_its_key_is_good()
    {
        using var plex = Plex();
        await PingAsync(plex, 1);

        _service.Revoke();
        await PingAsync(plex, 30);

        _service.Exchanges.ShouldBe(2);
        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_removed_device_is_told_once_and_its_dead_key_is_not_tried_again_at_every_call()
    {
        using var plex = Plex();
        await PingAsync(plex, 1);

        _service.Revoke();
        _service.Device = null;
        for (var call = 0; call < 20; call++)
            (await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex, 1))).Message.ShouldContain("Sign in again");

        _invalidated.ShouldBe([PlexTokenInvalidReason.DeviceKeyRefused]);
        _service.Exchanges.ShouldBe(2);

        _service.Device = _key.PublicKey;
        _time.Advance(TimeSpan.FromMinutes(1));
        await PingAsync(plex, 1);
    }

    [Fact]
    public async Task A_handler_may_make_calls_of_its_own()
    {
        using var plex = Plex();
        await PingAsync(plex, 1);
        var answered = false;
        plex.TokenInvalidated += (_, _) => answered = Task.Run(() => PingAsync(plex, 1)).ContinueWith(_ => { }, TaskScheduler.Default).Wait(10_000, Cancellation);

        _service.Revoke();
        _service.Device = null;
        await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex, 1));

        answered.ShouldBeTrue();
        _invalidated.ShouldBe([PlexTokenInvalidReason.DeviceKeyRefused]);
    }

    [Fact]
    public async Task A_removed_device_is_told_once_for_each_of_its_tokens()
    {
        using var plex = Plex();
        var server = new PlexCallOptions { ServerUrl = new Uri("https://media.test/api/v2") };
        await PingAsync(plex, 1);
        await plex.Authentication.PingAsync(server, Cancellation);

        _service.Revoke();
        _service.Device = null;
        for (var round = 0; round < 3; round++)
        {
            await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex, 1));
            await Should.ThrowAsync<PlexUnauthorizedException>(() => plex.Authentication.PingAsync(server, Cancellation));
            _time.Advance(TimeSpan.FromMinutes(2));
        }

        _invalidated.ShouldAllBe(reason => reason == PlexTokenInvalidReason.DeviceKeyRefused);
        _invalidated.Count.ShouldBe(2, "once for each token");
    }

    [Fact]
    public async Task A_removed_device_makes_the_token_invalid()
    {
        using var plex = Plex();
        _service.Device = null;

        (await plex.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Invalid);
    }

    [Fact]
    public async Task A_fixed_token_that_dies_is_told_once_until_it_is_replaced()
    {
        _service.Accept("first");
        using var plex = Plex(PlexCredential.FromToken("first"));
        await PingAsync(plex, 1);

        _service.Revoke();
        for (var call = 0; call < 5; call++)
            await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex, 1));

        _invalidated.ShouldBe([PlexTokenInvalidReason.Revoked]);
    }

    [Theory]
    [InlineData("https://plex.tv/api/v2/")]
    [InlineData("https://PLEX.tv:443/api/v2")]
    public async Task The_account_service_is_the_same_however_its_address_is_written(string url)
    {
        using var plex = Plex(PlexCredential.FromToken("dead"));

        await Should.ThrowAsync<PlexUnauthorizedException>(() => plex.Authentication.PingAsync(new PlexCallOptions { ServerUrl = new Uri(url) }, Cancellation));

        _invalidated.ShouldBe([PlexTokenInvalidReason.Revoked]);
    }

    [Fact]
    public async Task A_refusal_in_somebody_elses_words_says_nothing_about_the_token()
    {
        _service.Portal = "<html><body>Log in to the hotel's network</body></html>";
        using var plex = Plex(PlexCredential.FromToken("first"));

        await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex, 1));

        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_given_with_the_call_is_the_callers_business()
    {
        using var plex = Plex();

        await Should.ThrowAsync<PlexUnauthorizedException>(
            () => plex.Authentication.PingAsync(new PlexCallOptions { Token = new PlexToken("another") }, Cancellation));

        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_media_servers_refusal_says_nothing_about_the_account()
    {
        var stub = new StubHandler().On("POST /security/token?type=delegation&scope=all", HttpStatusCode.Unauthorized, """{"errors":[{"code":1001,"message":"no"}]}""");
        using var plex = new PlexClient(new HttpClient(stub), Client.Options());
        plex.TokenInvalidated += (_, e) => _invalidated.Add(e.Reason);

        await Should.ThrowAsync<PlexUnauthorizedException>(() => plex.Authentication.GetTransientTokenAsync(cancellationToken: Cancellation));

        _invalidated.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_is_verified_against_the_issuers_keys_which_are_fetched_once()
    {
        using var plex = Plex();
        var token = (await plex.Keys.ExchangeAsync(_key, cancellationToken: Cancellation)).Reveal();
        var requests = _service.Requests;

        (await plex.Keys.VerifyAsync(token, cancellationToken: Cancellation)).Jwt.ShouldNotBeNull().Claims.Thumbprint.ShouldBe(_key.KeyId);
        (await plex.Keys.VerifyAsync(token, "another-client", Cancellation)).Status.ShouldBe(PlexJwtStatus.WrongAudience);
        (await plex.Keys.VerifyAsync(token[..^8] + "AAAAAAA" + token[^1], cancellationToken: Cancellation)).Status.ShouldBe(PlexJwtStatus.WrongSignature);
        (await plex.Keys.GetIssuerKeysAsync(Cancellation)).ShouldHaveSingleItem().ShouldBe(_service.Issuer);

        (_service.Requests - requests).ShouldBe(1);
    }

    [Fact]
    public async Task Many_tokens_of_unknown_keys_fetch_the_issuers_keys_twice_a_minute_at_most()
    {
        using var plex = Plex();
        using var stranger = PlexSigningKey.Create();
        var token = PlexJwt.Create(stranger, PlexJwtClaims.ForAccount("test-client-1", "device", new PlexJwtUser(1), _time.GetUtcNow())).Token.Reveal();

        await VerifyManyAsync();
        _service.Requests.ShouldBe(1);

        _time.Advance(TimeSpan.FromSeconds(31));
        await VerifyManyAsync();
        _service.Requests.ShouldBe(2);

        async Task VerifyManyAsync()
        {
            var verifications = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => plex.Keys.VerifyAsync(token, cancellationToken: Cancellation)));
            verifications.ShouldAllBe(verification => verification.Status == PlexJwtStatus.UnknownKey);
        }
    }

    [Fact]
    public async Task A_failed_look_for_new_keys_is_not_repeated_at_once_and_harms_no_known_key()
    {
        using var plex = Plex();
        using var stranger = PlexSigningKey.Create();
        var unknown = PlexJwt.Create(stranger, PlexJwtClaims.ForAccount("test-client-1", "device", new PlexJwtUser(1), _time.GetUtcNow())).Token.Reveal();
        var known = (await plex.Keys.ExchangeAsync(_key, cancellationToken: Cancellation)).Reveal();
        await plex.Keys.VerifyAsync(known, cancellationToken: Cancellation);
        _time.Advance(TimeSpan.FromSeconds(31));
        _service.KeysDown = true;
        var requests = _service.Requests;

        for (var i = 0; i < 3; i++)
            await Should.ThrowAsync<PlexServerException>(() => plex.Keys.VerifyAsync(unknown, cancellationToken: Cancellation));
        (await plex.Keys.VerifyAsync(known, cancellationToken: Cancellation)).IsValid.ShouldBeTrue();

        (_service.Requests - requests).ShouldBe(1);
    }

    [Fact]
    public async Task Keys_that_could_not_be_fetched_are_fetched_by_the_next_call()
    {
        using var plex = Plex();
        _service.KeysDown = true;
        await Should.ThrowAsync<PlexServerException>(async () => await plex.Keys.GetIssuerKeysAsync(Cancellation));

        _service.KeysDown = false;

        (await plex.Keys.GetIssuerKeysAsync(Cancellation)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_gives_up_waiting_for_keys_takes_them_from_nobody()
    {
        var answer = new TaskCompletionSource();
        _service.Hold = answer.Task;
        using var plex = Plex();
        using var cancel = new CancellationTokenSource();

        var impatient = plex.Keys.GetIssuerKeysAsync(cancel.Token).AsTask();
        var patient = plex.Keys.GetIssuerKeysAsync(Cancellation).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        answer.SetResult();

        (await patient).ShouldHaveSingleItem();
        _service.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task The_services_clock_does_not_decide_whether_a_token_has_expired()
    {
        using var plex = Plex();
        var token = (await plex.Keys.ExchangeAsync(_key, cancellationToken: Cancellation)).Reveal();
        _time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromHours(10));
        _service.Ahead = TimeSpan.FromHours(-20);

        (await plex.Keys.VerifyAsync(token, cancellationToken: Cancellation)).Status.ShouldBe(PlexJwtStatus.Expired);
    }

    public void Dispose()
    {
        _service.Dispose();
        _key.Dispose();
    }

    private PlexClient Plex(PlexCredential? credential = null)
    {
        var plex = _service.Client(credential ?? PlexCredential.FromDeviceKey(_key));
        plex.TokenInvalidated += (_, e) => _invalidated.Add(e.Reason);
        return plex;
    }

    private static Task PingAsync(PlexClient plex, int calls) =>
        Task.WhenAll(Enumerable.Range(0, calls).Select(_ => plex.Authentication.PingAsync(cancellationToken: Cancellation)));
}
