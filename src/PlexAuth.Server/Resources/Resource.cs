using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.Resources;

/// <summary>A media server as one account sees it.</summary>
internal sealed record Resource(ResourceRow Server, PlexToken? AccessToken, IReadOnlyList<Connection> Connections)
{
    public bool Owned => Server.Access == ServerAccess.Owner;

    /// <summary>Somebody else's, of the same Home.</summary>
    public bool Home => !Owned && Server.SameHome;

    /// <summary>Heard from not long ago.</summary>
    public required bool Present { get; init; }

    /// <summary>The caller has the address that the server has towards the internet.</summary>
    public required bool PublicAddressMatches { get; init; }

    public bool HasRelay => Connections.Any(connection => connection.Relay);
}

internal sealed class ResourceRow
{
    public long Id { get; set; }

    public string MachineIdentifier { get; set; } = "";

    public string Name { get; set; } = "";

    public bool IsOwn { get; set; }

    public int? OwnerId { get; set; }

    public string? OwnerTitle { get; set; }

    public bool SameHome { get; set; }

    public ServerAccess Access { get; set; }

    public string? ProductVersion { get; set; }

    public string? Platform { get; set; }

    public string? PlatformVersion { get; set; }

    public string? Device { get; set; }

    public string? PublicAddress { get; set; }

    public long CreatedAt { get; set; }

    public long? LastSeenAt { get; set; }

    public DateTimeOffset Created => DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt);

    public DateTimeOffset LastSeen => DateTimeOffset.FromUnixTimeMilliseconds(LastSeenAt ?? CreatedAt);
}
