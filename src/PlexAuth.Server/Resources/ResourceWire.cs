using PlexAuth.Server.Http.Wire;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.Resources;

/// <summary>Servers as /api/v2/resources lists them: an array in JSON; lower-case elements, and ISO dates as in JSON, in XML.</summary>
internal static class ResourceWire
{
    public static byte[] Render(PlexFormat format, IEnumerable<Resource> resources, ConnectionChoice choice) =>
        WireDocument.RenderList(format, "resources", "resource", resources, (wire, resource) => Write(wire, resource, choice));

    private static void Write(WireWriter wire, Resource resource, ConnectionChoice choice)
    {
        WriteServer(wire, resource.Server);
        wire.Number("ownerId", resource.Owned ? null : resource.Server.OwnerId);
        wire.Text("sourceTitle", resource.Owned ? null : resource.Server.OwnerTitle);
        wire.Text("publicAddress", resource.Server.PublicAddress ?? "");
        wire.Text("accessToken", resource.AccessToken?.Reveal() ?? "");
        wire.Flag("owned", resource.Owned);
        wire.Flag("home", resource.Home);
        wire.Flag("synced", false);
        wire.Flag("relay", resource.HasRelay);
        wire.Flag("presence", resource.Present);
        wire.Flag("httpsRequired", false);
        wire.Flag("publicAddressMatches", resource.PublicAddressMatches);
        wire.Flag("dnsRebindingProtection", false);
        wire.Flag("natLoopbackSupported", false);
        wire.Items("connections", "connection", choice.Of(resource.Connections), WriteConnection);
    }

    private static void WriteServer(WireWriter wire, ResourceRow server)
    {
        wire.Text("name", server.Name);
        wire.Text("product", ServerProduct.Name);
        wire.Text("productVersion", ServerProduct.VersionOf(server));
        wire.Text("platform", ServerProduct.PlatformOf(server));
        wire.Text("platformVersion", ServerProduct.PlatformVersionOf(server));
        wire.Text("device", server.Device);
        wire.Text("clientIdentifier", server.MachineIdentifier);
        wire.Moment("createdAt", server.Created);
        wire.Moment("lastSeenAt", server.LastSeen);
        wire.Text("provides", ServerProduct.Provides);
    }

    private static void WriteConnection(WireWriter wire, Connection connection)
    {
        wire.Text("protocol", connection.Protocol);
        wire.Text("address", connection.Address);
        wire.Number("port", connection.Port);
        wire.Text("uri", connection.Uri);
        wire.Flag("local", connection.Local);
        wire.Flag("relay", connection.Relay);
        wire.Flag("IPv6", connection.IPv6);
    }
}
