namespace PlexAuth.Interop.Tests;

/// <summary>npm's @ctrl/plex, unmodified: a hand-written client of another author.</summary>
public sealed class CtrlPlexTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task Ctrl_plex_reads_the_account_of_a_token() => RunAsync("account");

    [Fact]
    public Task Ctrl_plex_connects_to_the_media_server() => RunAsync("server");

    [Fact]
    public Task Ctrl_plex_gets_a_transient_token() => RunAsync("transient token");

    [Fact]
    public Task Ctrl_plex_fails_with_401_for_an_unknown_token() => RunAsync("unknown token");

    [Fact]
    public Task Ctrl_plex_signs_in_on_the_web_and_waits_for_it() => RunAsync("web login");

    private Task RunAsync(string scenario) => Node.RunAsync("ctrl-plex.mjs", scenario, server.Address);
}
