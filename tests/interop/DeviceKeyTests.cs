namespace PlexAuth.Interop.Tests;

/// <summary>Device keys as clients under node make, sign and check them.</summary>
public sealed class DeviceKeyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task A_key_made_by_node_is_registered_exchanged_and_refreshed_and_node_verifies_each_token() => RunAsync("register, exchange and refresh");

    [Fact]
    public Task A_pin_with_a_key_made_by_node_gives_a_token_that_node_verifies() => RunAsync("PIN with a key");

    private Task RunAsync(string scenario) => Node.RunAsync("device-key.mjs", scenario, server.Address);
}
