using PlexAuth.Server.Http.Wire;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.MediaServer;

/// <summary>What a media server puts into its MediaContainer.</summary>
internal static class MediaServerWire
{
    /// <summary>Shaped as Plex Media Server's, since clients compare it; its last part says what this is.</summary>
    public const string Version = "1.42.2.0-plexauth";

    public static void NoToken(WireWriter container) => container.Number("size", 0);

    public static void WriteToken(WireWriter container, TransientToken minted)
    {
        container.Number("size", 0);
        container.Text("token", minted.Token.Reveal());
    }

    public static void WriteIdentity(WireWriter container, string machineIdentifier, bool claimed)
    {
        container.Number("size", 0);
        container.Flag("claimed", claimed);
        container.Text("machineIdentifier", machineIdentifier);
        container.Text("version", Version);
    }

    public static void WriteSource(WireWriter container, SourceResult.Found found, IReadOnlyList<Connection> ownConnections)
    {
        container.Number("size", 1);
        container.Object("Device", device =>
        {
            device.Text("name", found.Source.DisplayName);
            device.Text("clientIdentifier", found.Source.Name.Identifier);
            if (found.AccessToken is { } token)
                device.Text("accessToken", token.Reveal());
            device.Items("Connection", found.Source.IsOwn ? ownConnections : found.Source.Connections, WriteConnection);
        });
    }

    private static void WriteConnection(WireWriter wire, Connection connection)
    {
        wire.Text("protocol", connection.Protocol);
        wire.Text("address", connection.Address);
        wire.Number("port", connection.Port);
        wire.Text("uri", connection.Uri);
        wire.Mark("local", connection.Local);
        wire.Mark("relay", connection.Relay);
    }
}
