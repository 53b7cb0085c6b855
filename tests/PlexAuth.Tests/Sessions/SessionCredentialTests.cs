namespace PlexAuth.Tests;

public sealed class SessionCredentialTests : IDisposable
{
    private static readonly Uri PlexTv = new("https://plex.tv/api/v2/");

    private readonly FakeTimeProvider _time = new();
    private readonly PlexSigningKey _key = PlexSigningKey.Create();
    private readonly PlexSessionStore _store = PlexSessionStore.InMemory();
    private readonly KeyService _service;

    public SessionCredentialTests() => _service = new KeyService(_time) { Device = _key.PublicKey };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_that_share_a_store_share_one_exchange()
    {
        await _store.SaveAsync(Session() with { DeviceKey = _key }, Cancellation);
        using var one = Plex();
        using var other = Plex();

        await Task.WhenAll(PingAsync(one), PingAsync(other));
        _time.Advance(TimeSpan.FromDays(8));
        await Task.WhenAll(PingAsync(one), PingAsync(other));

        _service.Exchanges.ShouldBe(2);
        (await _store.LoadAsync(cancellationToken: Cancellation)).ShouldNotBeNull().ExpiresAt.ShouldBe(_time.GetUtcNow().AddDays(7));
    }

    [Fact]
    public async Task A_refused_token_is_looked_up_again_because_another_process_may_have_signed_in()
    {
        await _store.SaveAsync(Session() with { Token = new PlexToken("first") }, Cancellation);
        _service.Accept("first");
        using var plex = Plex();
        await PingAsync(plex);

        _service.Revoke();
        await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex));
        _service.Accept("second");
        await _store.SaveAsync(Session() with { Token = new PlexToken("second") }, Cancellation);

        await PingAsync(plex);
    }

    [Fact]
    public async Task Nothing_a_service_answers_removes_a_stored_session()
    {
        await _store.SaveAsync(Session() with { Token = new PlexToken("dead"), DeviceKey = _key }, Cancellation);
        _service.Device = null;
        using var plex = Plex();

        await Should.ThrowAsync<PlexUnauthorizedException>(() => PingAsync(plex));

        var kept = (await _store.LoadAsync(cancellationToken: Cancellation)).ShouldNotBeNull();
        kept.Token.ShouldBe(new PlexToken("dead"));
        kept.DeviceKey.ShouldBe(_key);
    }

    [Fact]
    public async Task A_session_serves_no_other_account_service_and_no_other_client_identifier()
    {
        await _store.SaveAsync("elsewhere", new PlexSession(new Uri("https://plex.example/api/v2"), "test-client-1") { Token = new PlexToken("first") }, Cancellation);
        await _store.SaveAsync("another", new PlexSession(PlexTv, "another-client") { Token = new PlexToken("first") }, Cancellation);

        await Should.ThrowAsync<PlexSignInRequiredException>(() => PingAsync(Plex("elsewhere")));
        (await Should.ThrowAsync<InvalidOperationException>(() => PingAsync(Plex("another")))).Message.ShouldContain("another-client");
        await Should.ThrowAsync<PlexSignInRequiredException>(() => PingAsync(Plex("empty")));
        _service.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_store_that_takes_no_writes_costs_no_call()
    {
        using var plex = _service.Client(PlexCredential.FromSession(new FullStore(Session() with { DeviceKey = _key })));

        await PingAsync(plex);
    }

    public void Dispose()
    {
        _service.Dispose();
        _key.Dispose();
    }

    private static PlexSession Session() => new(PlexTv, "test-client-1");

    private PlexClient Plex(string profile = PlexSessionStore.DefaultProfile) => _service.Client(PlexCredential.FromSession(_store, profile));

    private static Task PingAsync(PlexClient plex) =>
        Task.WhenAll(Enumerable.Range(0, 20).Select(_ => plex.Authentication.PingAsync(cancellationToken: Cancellation)));

    private sealed class FullStore(PlexSession session) : PlexSessionStore
    {
        public override ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default) => new([DefaultProfile]);

        public override ValueTask<PlexSession?> LoadAsync(string profile = DefaultProfile, CancellationToken cancellationToken = default) => new(session);

        protected override ValueTask WriteAsync(string profile, PlexSession? session, CancellationToken cancellationToken) => throw new IOException("No space left.");
    }
}
