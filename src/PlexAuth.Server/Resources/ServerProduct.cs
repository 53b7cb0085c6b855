using PlexAuth.Server.MediaServer;

namespace PlexAuth.Server.Resources;

/// <summary>What a server in a list is. Clients look for exactly these words.</summary>
internal static class ServerProduct
{
    public const string Name = "Plex Media Server";
    public const string Provides = "server";

    public static string VersionOf(ResourceRow server) => server.ProductVersion ?? (server.IsOwn ? MediaServerWire.Version : "");

    public static string? PlatformOf(ResourceRow server) => server.Platform ?? (server.IsOwn ? CapabilitiesWire.Platform : null);

    public static string? PlatformVersionOf(ResourceRow server) => server.PlatformVersion ?? (server.IsOwn ? Environment.OSVersion.Version.ToString() : null);
}
