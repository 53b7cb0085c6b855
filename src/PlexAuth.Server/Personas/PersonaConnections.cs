using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.Personas;

/// <summary>Where the personas' other sources would be: addresses that are reserved for examples, so nothing ever answers there.</summary>
internal static class PersonaConnections
{
    public static IReadOnlyList<Connection> Attic { get; } =
    [
        new() { Protocol = "http", Address = "192.0.2.10", Port = 32400, Uri = "http://192.0.2.10:32400", Local = true },
        new() { Protocol = "https", Address = "attic.example.com", Port = 443, Uri = "https://attic.example.com:443" },
        new() { Protocol = "https", Address = "198.51.100.7", Port = 8443, Uri = "https://198.51.100.7:8443", Relay = true },
    ];

    public static IReadOnlyList<Connection> Podcasts { get; } =
    [
        new() { Protocol = "https", Address = "podcasts.example.com", Port = 443, Uri = "https://podcasts.example.com:443" },
    ];
}
