using PlexAuth.Cli.Serving;

namespace PlexAuth.Cli.Tests;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:32400")]
    [InlineData("http://127.1.2.3:0")]
    [InlineData("http://[::1]:32400")]
    [InlineData("http://localhost:32400")]
    [InlineData("http://127.0.0.1:1;http://[::1]:2")]
    public void The_dev_server_listens_on_loopback(string urls) => ListenAddresses.Parse(urls, dev: true).ShouldBe(urls.Split(';'));

    [Theory]
    [InlineData("http://0.0.0.0:32400")]
    [InlineData("http://*:32400")]
    [InlineData("http://+:32400")]
    [InlineData("http://[::]:32400")]
    [InlineData("http://192.168.1.10:32400")]
    [InlineData("http://example.com:32400")]
    [InlineData("http://localhost.example.com:32400")]
    [InlineData("http://127.0.0.1.example.com:32400")]
    [InlineData("http://[::ffff:192.168.1.10]:32400")]
    [InlineData("http://127.0.0.1:32400;http://0.0.0.0:32401")]
    public void The_dev_server_refuses_to_listen_anywhere_else(string urls)
    {
        var refusal = Should.Throw<ToolException>(() => ListenAddresses.Parse(urls, dev: true));
        refusal.ExitCode.ShouldBe(ExitCodes.Usage);
        refusal.Message.ShouldContain("loopback only");
        ListenAddresses.Parse(urls, dev: false).ShouldBe(urls.Split(';'));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("127.0.0.1:32400")]
    [InlineData("https://127.0.0.1:32400")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:32400/plex")]
    [InlineData("http://unix:/run/plexauth.sock")]
    [InlineData("http://localhost:0")]
    public void What_is_no_address_to_listen_on_is_refused_by_name(string urls) =>
        Should.Throw<ToolException>(() => ListenAddresses.Parse(urls, dev: false)).Message.ShouldStartWith("--urls:");
}
