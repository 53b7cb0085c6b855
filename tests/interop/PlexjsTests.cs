namespace PlexAuth.Interop.Tests;

/// <summary>npm's @lukehagar/plexjs, unmodified: 0.39.0 for all four operations.</summary>
public sealed class PlexjsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task Plexjs_reads_the_account_of_a_token() => RunAsync("token details");

    [Fact]
    public Task Plexjs_signs_in_with_a_password_and_uses_the_token() => RunAsync("sign in");

    [Fact]
    public Task Plexjs_signs_in_with_a_verification_code() => RunAsync("sign in with a verification code", Personas.CarolCode());

    [Fact]
    public Task Plexjs_gets_a_transient_token_and_uses_it() => RunAsync("transient token");

    [Fact]
    public Task Plexjs_gets_the_connections_of_a_server_and_a_provider() => RunAsync("source connections");

    [Fact]
    public Task Plexjs_throws_its_unauthorized_errors_for_an_unknown_token() => RunAsync("unknown token");

    [Fact]
    public Task Plexjs_throws_its_unauthorized_error_for_a_wrong_password() => RunAsync("wrong password");

    [Fact]
    public Task Plexjs_hears_that_a_verification_code_is_missing() => RunAsync("missing verification code");

    [Fact]
    public Task Plexjs_hears_that_the_verification_code_is_wrong() => RunAsync("wrong verification code");

    [Fact]
    public Task Plexjs_throws_its_bad_request_error_for_a_missing_client_identifier() => RunAsync("missing client identifier");

    [Fact]
    public Task Plexjs_throws_its_bad_request_error_for_an_unknown_source() => RunAsync("unknown source");

    [Fact]
    public Task Plexjs_throws_a_general_error_where_only_the_owner_may_ask() => RunAsync("forbidden source");

    private Task RunAsync(string scenario, params string[] arguments) => Node.RunAsync("plexjs-account.mjs", scenario, server.Address, arguments);
}
