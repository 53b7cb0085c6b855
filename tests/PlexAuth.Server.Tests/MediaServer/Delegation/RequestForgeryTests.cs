using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using PlexAuth.Server.MediaServer.Delegation;

namespace PlexAuth.Server.Tests.MediaServer.Delegation;

/// <summary>The owner of a server registers addresses of things that only this server can reach.</summary>
[Requirement("T19")]
public class RequestForgeryTests
{
    private const string Cellar = "cccccccccccccccccccccccccccccccccccccccc";

    private static readonly (string, string) FromTheInternet = ("X-Forwarded-For", "8.8.8.8");

    /// <summary>Spellings of this computer and of what a cloud, a router or a neighbour offers to its own. PORT is where a canary listens.</summary>
    public static readonly TheoryData<string> Corpus = new(
        "http://127.0.0.1:PORT", "https://127.0.0.1:PORT", "http://127.1:PORT", "http://127.0.1:PORT", "http://127.127.127.127:PORT", "http://2130706433:PORT", "http://0x7f000001:PORT",
        "http://0x7f.0.0.1:PORT", "http://0177.0.0.1:PORT", "http://017700000001:PORT", "http://0:PORT", "http://0.0.0.0:PORT", "http://localhost:PORT", "http://LOCALHOST:PORT",
        "http://localhost.:PORT", "http://[::1]:PORT", "http://[0:0:0:0:0:0:0:1]:PORT", "http://[::]:PORT", "http://[::ffff:127.0.0.1]:PORT",
        "http://[::ffff:7f00:1]:PORT", "http://[::127.0.0.1]:PORT", "http://[64:ff9b::7f00:1]:PORT", "http://[2002:7f00:1::]:PORT", "https://[::1]:PORT", "https://localhost:PORT",
        "http://user@127.0.0.1:PORT", "http://user:pass@127.0.0.1:PORT", "http://8.8.8.8@127.0.0.1:PORT", "http://127.0.0.1:PORT#@8.8.8.8", "http://127.0.0.1:PORT/path",
        "http://127.0.0.1:PORT?a=b", "http://127.0.0.1:PORT/\r\nX-Evil: 1", "http://127.0.0.1\r\n:PORT", "http:\\\\127.0.0.1:PORT", "//127.0.0.1:PORT", "gopher://127.0.0.1:PORT",
        "file:///etc/passwd", "http://①②⑦.0.0.1:PORT", "http://127。0。0。1:PORT", "http://127.0.0.1.nip.test:PORT", "http://169.254.169.254", "http://169.254.169.254:PORT",
        "http://[fd00:ec2::254]:PORT", "http://10.0.0.1:PORT", "http://192.168.0.1:PORT", "http://100.100.100.200:PORT");

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task No_connection_is_made(string address)
    {
        await using var server = await HostedServer.StartAsync(options => options.KnownProxies.Add("127.0.0.1"));
        await using var canary = await Stub.StartAsync(Cellar, context => context.Response.WriteAsync("{\"MediaContainer\":{\"token\":\"transient-x\"}}"));
        var token = await Registration.ClaimAsync(server, Cellar);
        address = address.Replace("PORT", canary.Address.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var reported = await Registration.ReportAsync(server, token, Cellar, [address], FromTheInternet);

        reported.Status.ShouldBeOneOf(HttpStatusCode.NoContent, HttpStatusCode.BadRequest);
        (await SourceAsync(server)).Status.ShouldBe(HttpStatusCode.Forbidden);
        canary.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_on_this_computer_is_called_here_where_it_reports_from_here()
    {
        await using var server = await HostedServer.StartAsync(options => options.KnownProxies.Add("127.0.0.1"));
        await using var canary = await Stub.StartAsync(Cellar, context => context.Response.WriteAsync("{\"MediaContainer\":{\"token\":\"transient-x\"}}"));
        await Registration.AddAsync(server, Cellar, [canary.Address.GetLeftPart(UriPartial.Authority)]);

        (await SourceAsync(server)).Status.ShouldBe(HttpStatusCode.OK);
        canary.Connections.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_proxy_that_is_not_known_vouches_for_nothing()
    {
        await using var server = await HostedServer.StartAsync();
        await using var canary = await Stub.StartAsync(Cellar, context => context.Response.WriteAsync("{\"MediaContainer\":{\"token\":\"transient-x\"}}"));
        await Registration.AddAsync(server, Cellar, [canary.Address.GetLeftPart(UriPartial.Authority)], FromTheInternet);

        (await SourceAsync(server)).Status.ShouldBe(HttpStatusCode.Forbidden);
        canary.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("8.8.8.8", null, true, true)]
    [InlineData("8.8.8.8", null, false, false)]
    [InlineData("8.8.8.8", "8.8.8.8", false, false)]
    [InlineData("2606:4700::1111", null, true, true)]
    [InlineData("192.168.1.9", null, true, false)]
    [InlineData("192.168.1.9", "192.168.1.10", true, false)]
    [InlineData("192.168.1.9", "192.168.1.9", false, true)]
    [InlineData("::ffff:192.168.1.9", "192.168.1.9", false, true)]
    [InlineData("127.0.0.1", "192.168.1.9", false, false)]
    [InlineData("127.0.0.1", "::1", false, true)]
    [InlineData("169.254.169.254", "169.254.169.254", false, false)]
    [InlineData("fe80::1", "fe80::1", false, false)]
    [InlineData("fd00::1", "fd00::1", false, true)]
    [InlineData("fd00::1", "fd00::2", true, false)]
    [InlineData("0.0.0.0", "0.0.0.0", true, false)]
    [InlineData("255.255.255.255", null, true, false)]
    [InlineData("224.0.0.1", null, true, false)]
    [InlineData("192.0.2.10", null, true, false)]
    [InlineData("2001:db8::1", null, true, false)]
    [InlineData("2002:7f00:1::", null, true, false)]
    [InlineData("64:ff9b::7f00:1", null, true, false)]
    public void An_address_is_called_on_the_internet_or_where_the_server_was_seen(string address, string? reportedFrom, bool isHttps, bool allowed) =>
        VettedAddress.Allows(IPAddress.Parse(address), isHttps, reportedFrom is null ? null : IPAddress.Parse(reportedFrom)).ShouldBe(allowed);

    [Theory]
    [InlineData("https://plex.direct:443", true)]
    [InlineData("https://plex.direct", true)]
    [InlineData("https://1-2-3-4.abc.plex.direct:32400", true)]
    [InlineData("http://192.168.1.9:32400", true)]
    [InlineData("http://192.168.1.9:80", false)]
    [InlineData("https://192.168.1.9:22", false)]
    [InlineData("http://192.168.1.9:443", false)]
    [InlineData("https://attic.example.com:8443", false)]
    [InlineData("https://nas.test:8443", false)]
    [InlineData("https://user@plex.direct:8443", false)]
    [InlineData("https://plex.direct:8443/web", false)]
    [InlineData("ftp://plex.direct:8443", false)]
    public void Only_a_plain_address_on_a_port_of_servers_is_considered(string address, bool considered) => (VettedAddress.Read(address) is not null).ShouldBe(considered);

    [Fact]
    public void Nothing_else_in_the_server_calls_out()
    {
        var source = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "..", "src", "PlexAuth.Server");

        Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("SocketsHttpHandler", StringComparison.Ordinal)
                || File.ReadAllText(file).Contains("new HttpClient(", StringComparison.Ordinal))
            .Select(Path.GetFileName).ShouldBe(["OutboundHandler.cs", "AccountServiceLink.cs", "SourceDelegation.cs"], ignoreOrder: true);
    }

    // The project's own folder, wherever it was built.
    private static string ThisFile([CallerFilePath] string file = "") => file;

    private static Task<Reply> SourceAsync(HostedServer server) => server.GetAsync($"/security/resources?source=server://{Cellar}", PlexAuthPersona.Alice.Token);
}
