using System.Globalization;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server;

/// <summary>A call that the server received. It never holds a token, a password or a PIN.</summary>
public sealed class PlexEmulatorRequest
{
    internal PlexEmulatorRequest(string method, string path, ClientIdentity? client)
    {
        (Method, Path) = (method, path);
        ClientIdentifier = client?.ClientIdentifier;
        Product = client?.Product;
        Version = client?.Version;
        Platform = client?.Platform;
        PlatformVersion = client?.PlatformVersion;
        Device = client?.Device;
        DeviceName = client?.DeviceName;
    }

    /// <summary>When it came, by the emulator's clock.</summary>
    public DateTimeOffset At { get; internal init; }

    /// <summary>In capitals.</summary>
    public string Method { get; }

    /// <summary>Without the query.</summary>
    public string Path { get; }

    /// <summary>X-Plex-Client-Identifier.</summary>
    public string? ClientIdentifier { get; }

    /// <summary>X-Plex-Product.</summary>
    public string? Product { get; }

    /// <summary>X-Plex-Version.</summary>
    public string? Version { get; }

    /// <summary>X-Plex-Platform.</summary>
    public string? Platform { get; }

    /// <summary>X-Plex-Platform-Version.</summary>
    public string? PlatformVersion { get; }

    /// <summary>X-Plex-Device.</summary>
    public string? Device { get; }

    /// <summary>X-Plex-Device-Name.</summary>
    public string? DeviceName { get; }

    /// <summary>Whether a token came along, good or bad.</summary>
    public bool HasToken { get; internal init; }

    /// <summary>What kind of token it is; null without one, or for one that is not valid.</summary>
    public PlexTokenKind? TokenKind { get; internal init; }

    /// <summary>The account that the token belongs to, by its name; null without a valid one.</summary>
    public string? Account { get; internal init; }

    /// <summary>What strict mode refuses and this server let pass, with advice.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>Of the answer; null until there is one, or where the connection was broken off.</summary>
    public int? Status { get; internal set; }

    /// <summary>Such as <c>POST /api/v2/users/signin</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Method} {Path}");
}
