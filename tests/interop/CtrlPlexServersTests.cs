namespace PlexAuth.Interop.Tests;

/// <summary>npm's @ctrl/plex, unmodified, from a password to a media server and to another person of the Home.</summary>
public sealed class CtrlPlexServersTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task Ctrl_plex_signs_in_lists_servers_and_connects_to_one() => RunAsync("connect");

    [Fact]
    public Task Ctrl_plex_switches_to_a_child_by_PIN_and_uses_the_child_s_tokens() => RunAsync("home");

    [Fact]
    public Task Ctrl_plex_lists_devices_and_gets_a_claim_token() => RunAsync("devices and claim token");

    private Task RunAsync(string scenario) => Node.RunAsync("ctrl-plex-servers.mjs", scenario, server.Address);
}
