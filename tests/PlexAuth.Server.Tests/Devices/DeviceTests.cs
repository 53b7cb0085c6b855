using System.Net;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Devices;

public class DeviceTests
{
    [Fact]
    public async Task Signing_in_describes_the_device_and_keeps_what_is_not_told_again()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();
        await SignInAsync(host, new ClientIdentity("tv") { Product = "Plex for TV", Version = "1", DeviceName = "Salon" }, IPAddress.Parse("192.0.2.1"));
        await SignInAsync(host, new ClientIdentity("tv") { Product = "Plex for TV", Version = "2" }, address: null);

        var device = await host.ReadAsync<string>("SELECT product || '/' || version || '/' || name || '/' || public_address FROM devices WHERE client_identifier = 'tv'");

        device.ShouldBe("Plex for TV/2/Salon/192.0.2.1");
    }

    [Fact]
    public async Task An_address_from_a_socket_of_both_kinds_is_kept_as_people_know_it()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();

        await SignInAsync(host, new ClientIdentity("tv"), IPAddress.Parse("192.0.2.1").MapToIPv6());

        (await host.ReadAsync<string>("SELECT public_address FROM devices WHERE client_identifier = 'tv'")).ShouldBe("192.0.2.1");
    }

    [Fact]
    public async Task The_same_client_is_another_device_for_another_account()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();

        await host.SignInAsync("alice", "alice-password", client: "tv");
        await host.SignInAsync("bob", "bob-password", client: "tv");

        (await host.ReadAsync<int>("SELECT COUNT(*) FROM devices WHERE client_identifier = 'tv'")).ShouldBe(2);
    }

    private static Task<SignInResult> SignInAsync(RulesHost host, ClientIdentity client, IPAddress? address) =>
        host.Get<SignInService>().SignInAsync(new SignInAttempt("alice", "alice-password", null, client, address), RulesHost.Cancelled);
}
