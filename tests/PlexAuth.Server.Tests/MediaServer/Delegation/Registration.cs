using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace PlexAuth.Server.Tests.MediaServer.Delegation;

/// <summary>Registers a media server of Alice's at given addresses, as it would itself.</summary>
internal static class Registration
{
    public static async Task AddAsync(HostedServer server, string machineIdentifier, IReadOnlyList<string> addresses, (string Name, string Value)? header = null)
    {
        var token = await ClaimAsync(server, machineIdentifier);
        (await ReportAsync(server, token, machineIdentifier, addresses, header)).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    public static async Task<string> ClaimAsync(HostedServer server, string machineIdentifier)
    {
        var claim = JsonElement.Parse((await server.GetAsync("/api/claim/token.json", PlexAuthPersona.Alice.Token)).Body).GetProperty("token").GetString();
        var exchanged = await server.SendAsync(HttpMethod.Post, $"/api/claim/exchange?token={claim}", headers: [("X-Plex-Client-Identifier", machineIdentifier)]);
        return XElement.Parse(exchanged.Body).Element("authentication-token")!.Value;
    }

    public static Task<Reply> ReportAsync(HostedServer server, string token, string machineIdentifier, IReadOnlyList<string> addresses, (string Name, string Value)? header = null) => server.SendAsync(
        HttpMethod.Put,
        $"/devices/{machineIdentifier}?" + string.Join('&', addresses.Select(address => "Connection[][uri]=" + Uri.EscapeDataString(address))),
        token,
        [("X-Plex-Client-Identifier", machineIdentifier), .. header is { } given ? [given] : Array.Empty<(string, string)>()]);
}
