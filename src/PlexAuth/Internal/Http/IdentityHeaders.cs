namespace PlexAuth.Internal.Http;

/// <summary>The headers of one identity, put together once. The values were checked when the identity was made.</summary>
internal sealed class IdentityHeaders
{
    private readonly KeyValuePair<string, string>[] _headers;

    private IdentityHeaders(KeyValuePair<string, string>[] headers) => _headers = headers;

    public static IdentityHeaders Of(PlexClientIdentity identity) => new([..
        new (string Name, string? Value)[]
        {
            (PlexHeaders.ClientIdentifier, identity.ClientIdentifier),
            (PlexHeaders.Product, identity.Product),
            (PlexHeaders.Version, identity.Version),
            (PlexHeaders.Platform, identity.Platform),
            (PlexHeaders.PlatformVersion, identity.PlatformVersion),
            (PlexHeaders.Device, identity.Device),
            (PlexHeaders.DeviceName, identity.DeviceName),
            (PlexHeaders.DeviceVendor, identity.DeviceVendor),
            (PlexHeaders.Model, identity.Model),
            (PlexHeaders.Marketplace, identity.Marketplace),
            (PlexHeaders.Provides, identity.Provides),
            (PlexHeaders.Language, identity.Language),
        }
        .Where(header => header.Value is not null)
        .Select(header => KeyValuePair.Create(header.Name, header.Value!))]);

    public void AddTo(HttpRequestMessage request)
    {
        foreach (var header in _headers)
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
    }
}
