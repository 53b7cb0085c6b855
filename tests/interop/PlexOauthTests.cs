namespace PlexAuth.Interop.Tests;

/// <summary>npm's plex-oauth, unmodified: the smallest client that signs in by PIN and browser.</summary>
public sealed class PlexOauthTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task Plex_oauth_waits_until_the_sign_in_is_allowed() => RunAsync("waiting");

    [Fact]
    public Task Plex_oauth_asks_once_when_the_browser_has_come_back() => RunAsync("coming back");

    [Fact]
    public Task Plex_oauth_fails_with_404_for_a_pin_that_is_not_there() => RunAsync("no such PIN");

    private Task RunAsync(string scenario) => Node.RunAsync("plex-oauth.mjs", scenario, server.Address);
}
