using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlexAuth.Tests;

public sealed class ServiceCollectionTests
{
    [Fact]
    public async Task AddPlexClient_gives_one_client_over_the_factorys_handlers()
    {
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("200 OK", Wire.Text("account/user.json")));
        var services = new ServiceCollection();
        var seen = new CountingHandler();
        services.AddPlexClient(o => (o.Identity, o.Credential, o.AccountUrl) = (new PlexClientIdentity("id", "Äpp"), PlexCredential.FromToken("t"), server.Url))
            .AddHttpMessageHandler(() => seen);
        await using var provider = services.BuildServiceProvider();

        var plex = provider.GetRequiredService<PlexClient>();
        await plex.Authentication.GetTokenDetailsAsync(cancellationToken: TestContext.Current.CancellationToken);

        plex.ShouldBeSameAs(provider.GetRequiredService<PlexClient>());
        seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_registered_client_follows_no_redirect()
    {
        await using var other = new LoopbackServer(_ => LoopbackServer.Response("200 OK", Wire.Text("account/user.json")));
        await using var server = new LoopbackServer(_ => LoopbackServer.Response("302 Found", "", $"Location: {other.Url}\r\n"));
        var services = new ServiceCollection();
        services.AddPlexClient(o => (o.Identity, o.Credential, o.AccountUrl) = (new PlexClientIdentity("id"), PlexCredential.FromToken("t"), server.Url));
        await using var provider = services.BuildServiceProvider();

        await Should.ThrowAsync<PlexProtocolException>(() =>
            provider.GetRequiredService<PlexClient>().Authentication.GetTokenDetailsAsync(cancellationToken: TestContext.Current.CancellationToken));

        other.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Options_are_checked_when_the_host_starts()
    {
        var services = new ServiceCollection();
        services.AddPlexClient(_ => { });
        using var provider = services.BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate())
            .Message.ShouldContain("PlexClientOptions.Identity");
    }

    private sealed class CountingHandler : DelegatingHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
