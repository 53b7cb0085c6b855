using System.Net;

namespace PlexAuth.Tests.Devices;

public sealed class DeviceClientTests
{
    private const string Answer =
        """
        <MediaContainer publicAddress="192.0.2.1" size="2">
          <Device name="Living Room" publicAddress="192.0.2.1" product="Plex Media Server" productVersion="1.41" platform="Linux" platformVersion="6.1" device="PC" model="x86_64"
            vendor="Debian" provides="server,player" clientIdentifier="0123" version="1.41" id="17" token="device-token-00000001" createdAt="1628211599" lastSeenAt="1628215199"
            screenResolution="" screenDensity=""><Connection uri="http://192.168.1.10:32400"/></Device>
          <Device name="Phone" product="" provides="" clientIdentifier="phone" id="18" token="" createdAt="" lastSeenAt=""/>
        </MediaContainer>
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Devices_are_listed_at_the_address_that_is_older_than_version_2()
    {
        var stub = new StubHandler().On("GET /devices.xml", HttpStatusCode.OK, Answer);

        var devices = await PlexOver(stub).Devices.ListAsync(cancellationToken: Cancellation);

        var server = devices[0];
        (server.Id, server.Name, server.Product, server.ClientIdentifier).ShouldBe((17, "Living Room", "Plex Media Server", "0123"));
        server.Provides.ShouldBe(["server", "player"]);
        server.Token!.Value.Reveal().ShouldBe("device-token-00000001");
        server.CreatedAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1628211599));
        (devices[1].Product, devices[1].Token, devices[1].LastSeenAt).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData("http://127.0.0.1:32400", "/devices.xml")]
    [InlineData("https://clients.plex.tv/api/v2/", "/devices.xml")]
    [InlineData("https://example.com/plex/api/v2", "/plex/devices.xml")]
    public async Task The_address_follows_the_account_service(string account, string path)
    {
        var stub = new StubHandler().On($"GET {path}", HttpStatusCode.OK, Answer);

        await PlexOver(stub, options => options.AccountUrl = new Uri(account)).Devices.ListAsync(cancellationToken: Cancellation);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.NoContent)]
    public async Task A_device_is_removed(HttpStatusCode status)
    {
        var stub = new StubHandler().On("DELETE /devices/17.xml", status);

        await PlexOver(stub).Devices.RemoveAsync(17, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task Removing_a_device_that_is_gone_says_so()
    {
        var stub = new StubHandler().On("DELETE /devices/17.xml", HttpStatusCode.NotFound);

        await Should.ThrowAsync<PlexNotFoundException>(() => PlexOver(stub).Devices.RemoveAsync(17, cancellationToken: Cancellation));
    }

    private static PlexClient PlexOver(StubHandler stub, Action<PlexClientOptions>? configure = null) => new(new HttpClient(stub), Client.Options(configure));
}
