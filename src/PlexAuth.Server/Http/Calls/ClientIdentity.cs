namespace PlexAuth.Server.Http.Calls;

/// <summary>One installation of an app as its X-Plex values describe it: already decoded, cleaned of control characters and at most 256 characters each.</summary>
/// <remarks>There is none without a client identifier, so whoever holds one need not ask. Anything the caller left out is null.</remarks>
internal sealed record ClientIdentity(string ClientIdentifier)
{
    public string? Product { get; init; }

    public string? Version { get; init; }

    public string? Platform { get; init; }

    public string? PlatformVersion { get; init; }

    public string? Device { get; init; }

    public string? DeviceName { get; init; }

    public string? DeviceVendor { get; init; }

    public string? Model { get; init; }

    public string? Marketplace { get; init; }

    public string? Provides { get; init; }

    public string? Language { get; init; }
}
