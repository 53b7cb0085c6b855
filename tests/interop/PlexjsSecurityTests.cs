namespace PlexAuth.Interop.Tests;

/// <summary>npm's @lukehagar/plexjs 0.43.0, unmodified: typed media-server operations, and no others.</summary>
public sealed class PlexjsSecurityTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task Newer_plexjs_gets_a_typed_transient_token_and_uses_it() => RunAsync("transient token");

    [Fact]
    public Task Newer_plexjs_gets_typed_connections_of_a_server() => RunAsync("source connections");

    [Fact]
    public Task Newer_plexjs_gets_our_message_for_an_unknown_token() => RunAsync("unknown token");

    [Fact]
    public Task Newer_plexjs_gets_our_message_for_a_source_without_prefix() => RunAsync("unknown source");

    [Fact]
    public Task Newer_plexjs_gets_our_message_where_only_the_owner_may_ask() => RunAsync("forbidden source");

    private Task RunAsync(string scenario) => Node.RunAsync("plexjs-security.mjs", scenario, server.Address);
}
