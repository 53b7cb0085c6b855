namespace PlexAuth.Interop.Tests;

/// <summary>npm's @lukehagar/plexjs 0.39.0, unmodified, on an account's servers and friends.</summary>
public sealed class PlexjsServersTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task Plexjs_lists_the_servers_of_an_account() => RunAsync("resources");

    [Fact]
    public Task Plexjs_lists_who_a_server_is_shared_with() => RunAsync("users");

    [Fact]
    public Task Plexjs_throws_its_unauthorized_error_for_an_unknown_token() => RunAsync("unknown token");

    private Task RunAsync(string scenario) => Node.RunAsync("plexjs-servers.mjs", scenario, server.Address);
}
