using System.Text.Json;

namespace PlexAuth.Server.Tests.Http;

[Requirement("RI3")]
public sealed class ForwardedAddressTests
{
    [Theory]
    [InlineData(null, "203.0.113.5", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "203.0.113.5", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.5", "203.0.113.5")]
    [InlineData("127.0.0.1", "198.51.100.1, 203.0.113.5", "203.0.113.5")]
    [InlineData("127.0.0.1", "not an address", "127.0.0.1")]
    public async Task An_address_is_believed_from_a_known_proxy_alone_and_only_what_it_saw_itself(string? known, string forwarded, string expected)
    {
        await using var server = await HostedServer.StartAsync(options =>
        {
            if (known is not null)
                options.KnownProxies.Add(known);
        });

        var signIn = await server.SendAsync(
            HttpMethod.Post, "/api/v2/users/signin",
            headers: [("Accept", "application/json"), ("X-Plex-Client-Identifier", "phone"), ("X-Forwarded-For", forwarded), ("X-Real-IP", "198.51.100.99"), ("Forwarded", "for=198.51.100.98")],
            content: new FormUrlEncodedContent([new("login", "bob"), new("password", "bob-password")]));

        var token = JsonElement.Parse(signIn.Body).GetProperty("authToken").GetString();
        var devices = JsonElement.Parse((await server.GetAsync("/api/v2/devices", token)).Body).EnumerateArray();
        devices.Single(device => device.GetProperty("clientIdentifier").GetString() == "phone").GetProperty("publicAddress").GetString().ShouldBe(expected);
    }
}
