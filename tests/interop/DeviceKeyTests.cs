namespace PlexAuth.Interop.Tests;

/// <summary>Device keys as node's own cryptography makes, signs and checks them.</summary>
public sealed class DeviceKeyTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public Task A_key_made_by_node_is_registered_and_exchanged_and_node_verifies_the_token() => RunAsync("register and exchange");

    [Fact]
    public Task A_pin_with_a_key_made_by_node_gives_a_token_that_node_verifies() => RunAsync("PIN with a key");

    private Task RunAsync(string scenario) => Node.RunAsync("device-key.mjs", scenario, server.Address);
}
