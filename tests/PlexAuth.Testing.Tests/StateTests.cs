using System.Net;

namespace PlexAuth.Testing.Tests;

public sealed class StateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_token_of_before_is_good_where_the_state_was_imported()
    {
        await using var before = await PlexTestServer.StartAsync(Cancellation);
        await using var after = await PlexTestServer.StartAsync(Cancellation);
        using var key = PlexSigningKey.Create();
        using var old = ClientOf(before, PlexCredential.FromToken(Personas.Alice.Token));
        await old.Keys.RegisterAsync(key.PublicKey, cancellationToken: Cancellation);
        var token = await old.Keys.ExchangeAsync(key, cancellationToken: Cancellation);

        await after.Emulator.ImportStateAsync(await before.Emulator.ExportStateAsync(Cancellation), Cancellation);

        using var client = ClientOf(after, PlexCredential.FromToken(token));
        (await client.Authentication.VerifyAsync(cancellationToken: Cancellation)).ShouldBe(PlexTokenStatus.Valid);
        (await client.Keys.VerifyAsync(token.Reveal(), cancellationToken: Cancellation)).Status.ShouldBe(PlexJwtStatus.Valid);
    }

    [Fact]
    public async Task Tokens_are_signed_by_the_imported_key_from_then_on()
    {
        await using var before = await PlexTestServer.StartAsync(Cancellation);
        await using var after = await PlexTestServer.StartAsync(Cancellation);
        using var old = ClientOf(before, credential: null);
        var published = (await old.Keys.GetIssuerKeysAsync(Cancellation)).Single();

        await after.Emulator.ImportStateAsync(await before.Emulator.ExportStateAsync(Cancellation), Cancellation);

        using var key = PlexSigningKey.Create();
        using var client = ClientOf(after, PlexCredential.FromToken(Personas.Alice.Token));
        await client.Keys.RegisterAsync(key.PublicKey, cancellationToken: Cancellation);
        var token = await client.Keys.ExchangeAsync(key, cancellationToken: Cancellation);
        (await old.Keys.VerifyAsync(token.Reveal(), cancellationToken: Cancellation)).Status.ShouldBe(PlexJwtStatus.Valid);
        (await client.Keys.GetIssuerKeysAsync(Cancellation)).Single().KeyId.ShouldBe(published.KeyId);
    }

    [Fact]
    public async Task A_transient_token_does_not_outlive_an_import()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        var token = await plex.IssueTokenAsync(Personas.Alice, PlexTokenKind.Transient, cancellationToken: Cancellation);

        using var http = plex.CreateHttpClient();
        http.DefaultRequestHeaders.Add("X-Plex-Token", token.Reveal());
        (await http.GetAsync("/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await plex.Emulator.ImportStateAsync(await plex.Emulator.ExportStateAsync(Cancellation), Cancellation);

        (await http.GetAsync("/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static PlexClient ClientOf(PlexTestServer plex, PlexCredential? credential) =>
        plex.CreateClient(configure: options => (options.Identity, options.Credential) = (new PlexClientIdentity("plexauth-dev-alice", "PlexAuth tests"), credential));
}
