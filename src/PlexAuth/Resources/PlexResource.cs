using System.Collections.ObjectModel;
using System.Text.Json;
using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>Something of an account: a media server it owns or was given access to, or a player.</summary>
public sealed partial record PlexResource
{
    /// <summary>As its owner called it. Not unique.</summary>
    public string Name { get; init; } = "";

    /// <summary>The software, such as <c>Plex Media Server</c>.</summary>
    public string Product { get; init; } = "";

    /// <summary>The software's version.</summary>
    public string ProductVersion { get; init; } = "";

    /// <summary>The operating system.</summary>
    public string? Platform { get; init; }

    /// <summary>The operating system's version.</summary>
    public string? PlatformVersion { get; init; }

    /// <summary>The kind of device, such as <c>Docker Container</c>.</summary>
    public string? Device { get; init; }

    /// <summary>What it is known by for ever; a media server's is the machine identifier that its <c>/identity</c> tells.</summary>
    public string ClientIdentifier { get; init; } = "";

    /// <summary>When it was first seen.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last seen.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>Its roles, such as <c>server</c>, <c>client</c> or <c>player</c>.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>The owner's account; null where that is the caller.</summary>
    public long? OwnerId { get; init; }

    /// <summary>The owner's name, where it is somebody else.</summary>
    public string? SourceTitle { get; init; }

    /// <summary>The address under which it was last seen from outside its network.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>What this server accepts from the account that asked; null for a player, and where access is gone.</summary>
    public PlexServerToken? AccessToken { get; init; }

    /// <summary>The caller owns it.</summary>
    public bool Owned { get; init; }

    /// <summary>Its owner is in the caller's Home.</summary>
    public bool Home { get; init; }

    /// <summary>Holds downloads.</summary>
    public bool Synced { get; init; }

    /// <summary>Its owner allows the relay.</summary>
    public bool Relay { get; init; }

    /// <summary>In touch with the account service at the moment.</summary>
    public bool Presence { get; init; }

    /// <summary>It refuses plain http.</summary>
    public bool HttpsRequired { get; init; }

    /// <summary>Caller and server seem to be behind the same public address.</summary>
    public bool PublicAddressMatches { get; init; }

    /// <summary>Its network was seen to suppress names that lead to private addresses.</summary>
    public bool DnsRebindingProtection { get; init; }

    /// <summary>Its public address also works from inside its network.</summary>
    public bool NatLoopbackSupported { get; init; }

    /// <summary>Its addresses, in the service's order.</summary>
    public IReadOnlyList<PlexConnection> Connections { get; init; } = [];

    /// <summary>Members this version does not know, under their names on the wire. From XML, every value is text.</summary>
    /// <remarks>The first thousand of an answer, all its resources together; what comes after is passed over.</remarks>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Whether it is a media server.</summary>
    public bool IsServer => Provides.Contains("server", StringComparer.OrdinalIgnoreCase);

    /// <summary>Name and identifier, nothing secret.</summary>
    public override string ToString() => $"{nameof(PlexResource)}({Name}, {ClientIdentifier})";

    static PlexResource IReadable<PlexResource>.Read(ref LenientReader json) => new(ref json);
}
