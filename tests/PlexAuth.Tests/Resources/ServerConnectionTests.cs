using System.Net;

namespace PlexAuth.Tests.Resources;

public sealed class ServerConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_call_goes_with_the_servers_token_and_the_identity(bool xml)
    {
        await using var rig = new Rig();
        var live = await rig.LiveAsync(xml: xml);
        await using var server = await rig.ConnectAsync();

        await server.Http.GetStringAsync("/library/sections", Cancellation);

        var request = live.Requests.Last();
        request.ShouldStartWith("GET /library/sections ");
        request.ShouldContain($"{PlexHeaders.Token}={Rig.Token}");
        request.ShouldContain($"{PlexHeaders.ClientIdentifier}=test-client-1");
        live.Requests.ShouldAllBe(one => !one.Contains(Client.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_proxy_of_the_machine_is_between_it_and_the_app()
    {
        await using var rig = new Rig();
        var live = await rig.LiveAsync();
        var (usual, proxy) = (HttpClient.DefaultProxy, new OneServersProxy(live.Port));
        HttpClient.DefaultProxy = proxy;
        try
        {
            await using var server = await rig.ConnectAsync();
            await server.Http.GetStringAsync("/library/sections", Cancellation);
        }
        finally
        {
            HttpClient.DefaultProxy = usual;
        }

        proxy.Asked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_of_its_own_ends_by_the_clients_timeout_and_no_other()
    {
        await using var rig = new Rig();
        await rig.LiveAsync();
        await using var server = await rig.ConnectAsync();

        server.Http.Timeout = TimeSpan.FromTicks(1);

        (await server.GetTransientTokenAsync(cancellationToken: Cancellation)).Token.Reveal().ShouldBe("transient-1");
    }

    [Fact]
    public async Task Its_transient_token_is_asked_with_the_servers_token_not_the_accounts()
    {
        await using var rig = new Rig();
        var live = await rig.LiveAsync();
        await using var server = await rig.ConnectAsync();

        (await server.GetTransientTokenAsync(cancellationToken: Cancellation)).Token.Reveal().ShouldBe("transient-1");
        await Should.ThrowAsync<PlexProtocolException>(() => server.GetSourceConnectionInformationAsync("server://other", cancellationToken: Cancellation));

        live.Requests.ShouldAllBe(one => !one.Contains(Client.Token, StringComparison.Ordinal));
        live.Requests.Last().ShouldStartWith("GET /security/resources?source=server%3A%2F%2Fother ");
    }

    [Fact]
    public async Task An_address_elsewhere_is_refused_so_that_the_token_stays()
    {
        await using var rig = new Rig();
        var other = await rig.StrangerAsync();
        await rig.LiveAsync();
        await using var server = await rig.ConnectAsync();
        var asked = other.Requests.Count;

        await Should.ThrowAsync<InvalidOperationException>(() => server.Http.GetAsync(new Uri($"https://127-0-0-1.{Rig.Zone}:{other.Port}/"), Cancellation));

        other.Requests.Count.ShouldBe(asked);
    }

    /// <summary>In nobody's way but that of one server's calls, as the setting is one for the whole process.</summary>
    private sealed class OneServersProxy(int port) : IWebProxy
    {
        public bool Asked { get; private set; }

        public ICredentials? Credentials { get; set; }

        public Uri GetProxy(Uri destination)
        {
            Asked = true;
            return new Uri("http://127.0.0.1:1");
        }

        public bool IsBypassed(Uri host) => host.Port != port;
    }
}
