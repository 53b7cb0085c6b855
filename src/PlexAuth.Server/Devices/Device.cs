namespace PlexAuth.Server.Devices;

/// <summary>One installation of an app that an account has signed in with, as it described itself.</summary>
internal sealed record Device
{
    public required long Id { get; init; }

    public required string ClientIdentifier { get; init; }

    public string? Name { get; init; }

    public string? Product { get; init; }

    public string? Version { get; init; }

    public string? Platform { get; init; }

    public string? PlatformVersion { get; init; }

    /// <summary>What kind of thing it is, such as "iPhone".</summary>
    public string? Kind { get; init; }

    public string? Vendor { get; init; }

    public string? Model { get; init; }

    public string? Provides { get; init; }

    /// <summary>Where it signed in from.</summary>
    public string? PublicAddress { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>What to call it when it did not say.</summary>
    public string DisplayName => Name ?? Kind ?? Product ?? ClientIdentifier;
}

/// <summary>A device as its row has it.</summary>
internal sealed class DeviceRow
{
    public const string Columns =
        """
        id AS Id, client_identifier AS ClientIdentifier, name AS Name, product AS Product, version AS Version, platform AS Platform,
        platform_version AS PlatformVersion, device AS Kind, vendor AS Vendor, model AS Model, provides AS Provides, public_address AS PublicAddress,
        created_at AS CreatedAt, last_seen_at AS LastSeenAt
        """;

    public long Id { get; set; }

    public string ClientIdentifier { get; set; } = "";

    public string? Name { get; set; }

    public string? Product { get; set; }

    public string? Version { get; set; }

    public string? Platform { get; set; }

    public string? PlatformVersion { get; set; }

    public string? Kind { get; set; }

    public string? Vendor { get; set; }

    public string? Model { get; set; }

    public string? Provides { get; set; }

    public string? PublicAddress { get; set; }

    public long CreatedAt { get; set; }

    public long LastSeenAt { get; set; }

    /// <param name="seenAt">When it was heard from, where that is not written down yet.</param>
    public Device ToDevice(long? seenAt) => new()
    {
        Id = Id,
        ClientIdentifier = ClientIdentifier,
        Name = Name,
        Product = Product,
        Version = Version,
        Platform = Platform,
        PlatformVersion = PlatformVersion,
        Kind = Kind,
        Vendor = Vendor,
        Model = Model,
        Provides = Provides,
        PublicAddress = PublicAddress,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        LastSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(LastSeenAt, seenAt ?? 0)),
    };
}
