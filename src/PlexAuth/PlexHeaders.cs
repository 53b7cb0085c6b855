namespace PlexAuth;

/// <summary>Names of the request headers by which Plex services identify a client. Each may also be sent as a query argument of the same name.</summary>
public static class PlexHeaders
{
    /// <summary>The opaque, stable identifier of one installation of an app. The v2 account service answers 400, code 1000, without it.</summary>
    public const string ClientIdentifier = "X-Plex-Client-Identifier";

    /// <summary>The caller's token. Never put it in a URL: URLs end up in logs.</summary>
    public const string Token = "X-Plex-Token";

    /// <summary>The app's name, shown among the account's authorised devices.</summary>
    public const string Product = "X-Plex-Product";

    /// <summary>The app's version.</summary>
    public const string Version = "X-Plex-Version";

    /// <summary>The operating system or browser.</summary>
    public const string Platform = "X-Plex-Platform";

    /// <summary>The version of <see cref="Platform"/>.</summary>
    public const string PlatformVersion = "X-Plex-Platform-Version";

    /// <summary>The kind of device in friendly words, such as <c>Roku 3</c>.</summary>
    public const string Device = "X-Plex-Device";

    /// <summary>The name its owner gave the device, such as <c>Living Room TV</c>.</summary>
    public const string DeviceName = "X-Plex-Device-Name";

    /// <summary>The device's maker.</summary>
    public const string DeviceVendor = "X-Plex-Device-Vendor";

    /// <summary>The device's model number, such as <c>4200X</c>.</summary>
    public const string Model = "X-Plex-Model";

    /// <summary>The store that distributed the app, such as <c>googlePlay</c>.</summary>
    public const string Marketplace = "X-Plex-Marketplace";

    /// <summary>Comma-separated roles of the device: <c>server</c>, <c>player</c>, <c>controller</c>.</summary>
    public const string Provides = "X-Plex-Provides";

    /// <summary>The language of the app's user interface, such as <c>en</c>.</summary>
    public const string Language = "X-Plex-Language";
}
