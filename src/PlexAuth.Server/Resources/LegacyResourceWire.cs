using PlexAuth.Server.Http.Wire;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.Resources;

/// <summary>Servers as the lists from before version 2 have them: capitalised elements, dates in seconds, connections directly under their device.</summary>
internal static class LegacyResourceWire
{
    public static byte[] RenderDevices(PlexFormat format, IReadOnlyList<Resource> resources, ConnectionChoice choice) => WireDocument.RenderContainer(format, container =>
    {
        container.Number("size", resources.Count);
        container.Items("Device", resources, (wire, resource) => WriteDevice(wire, resource, choice));
    });

    public static byte[] RenderServers(PlexFormat format, IReadOnlyList<Resource> resources) => WireDocument.RenderContainer(format, container =>
    {
        container.Text("friendlyName", "myPlex");
        container.Text("identifier", "com.plexapp.plugins.myplex");
        container.Number("size", resources.Count);
        container.Items("Server", resources, WriteServer);
    });

    private static void WriteDevice(WireWriter wire, Resource resource, ConnectionChoice choice)
    {
        var server = resource.Server;
        wire.Text("name", server.Name);
        wire.Text("product", ServerProduct.Name);
        wire.Text("productVersion", ServerProduct.VersionOf(server));
        wire.Text("platform", ServerProduct.PlatformOf(server));
        wire.Text("platformVersion", ServerProduct.PlatformVersionOf(server));
        wire.Text("device", server.Device);
        wire.Text("clientIdentifier", server.MachineIdentifier);
        wire.Epoch("createdAt", server.Created);
        wire.Epoch("lastSeenAt", server.LastSeen);
        wire.Text("provides", ServerProduct.Provides);
        WriteStanding(wire, resource);
        wire.Items("Connection", choice.Of(resource.Connections), WriteConnection);
    }

    private static void WriteStanding(WireWriter wire, Resource resource)
    {
        wire.Flag("owned", resource.Owned);
        if (!resource.Owned)
        {
            wire.Number("ownerId", resource.Server.OwnerId);
            wire.Text("sourceTitle", resource.Server.OwnerTitle);
            wire.Flag("home", resource.Home);
        }

        wire.Text("accessToken", resource.AccessToken?.Reveal() ?? "");
        wire.Text("publicAddress", resource.Server.PublicAddress ?? "");
        wire.Flag("httpsRequired", false);
        wire.Flag("synced", false);
        wire.Flag("relay", resource.HasRelay);
        wire.Flag("dnsRebindingProtection", false);
        wire.Flag("natLoopbackSupported", false);
        wire.Flag("publicAddressMatches", resource.PublicAddressMatches);
        wire.Flag("presence", resource.Present);
    }

    private static void WriteConnection(WireWriter wire, Connection connection)
    {
        wire.Text("protocol", connection.Protocol);
        wire.Text("address", connection.Address);
        wire.Number("port", connection.Port);
        wire.Text("uri", connection.Uri);
        wire.Flag("local", connection.Local);
        wire.Mark("relay", connection.Relay);
    }

    private static void WriteServer(WireWriter wire, Resource resource)
    {
        var server = resource.Server;
        var remote = resource.Connections.OrderBy(connection => connection.Relay).ThenBy(connection => connection.Local).FirstOrDefault();
        wire.Text("accessToken", resource.AccessToken?.Reveal() ?? "");
        wire.Text("name", server.Name);
        wire.Text("address", remote?.Address);
        wire.Number("port", remote?.Port);
        wire.Text("version", ServerProduct.VersionOf(server));
        wire.Text("scheme", remote?.Protocol);
        wire.Text("host", remote?.Address);
        wire.Text("localAddresses", string.Join(',', resource.Connections.Where(connection => connection.Local).Select(connection => connection.Address)));
        wire.Text("machineIdentifier", server.MachineIdentifier);
        wire.Epoch("createdAt", server.Created);
        wire.Epoch("updatedAt", server.LastSeen);
        wire.Flag("owned", resource.Owned);
        wire.Flag("synced", false);
        wire.Text("sourceTitle", resource.Owned ? "" : server.OwnerTitle);
        wire.Number("ownerId", resource.Owned ? null : server.OwnerId);
        wire.Flag("home", resource.Home);
    }
}
