using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>One installation of an app or media server that is signed in to the account, as it described itself.</summary>
public sealed record PlexDevice : IReadable<PlexDevice>
{
    /// <summary>Describes no device.</summary>
    public PlexDevice()
    {
    }

    private PlexDevice(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "id": Id = json.Int64() ?? 0; break;
                case "name": Name = json.Text() ?? ""; break;
                case "clientIdentifier": ClientIdentifier = json.Text() ?? ""; break;
                case "product": Product = json.TextOrNull(); break;
                case "productVersion": ProductVersion = json.TextOrNull(); break;
                case "platform": Platform = json.TextOrNull(); break;
                case "platformVersion": PlatformVersion = json.TextOrNull(); break;
                case "device": Device = json.TextOrNull(); break;
                case "model": Model = json.TextOrNull(); break;
                case "vendor": Vendor = json.TextOrNull(); break;
                case "provides": Provides = json.Texts("provides"); break;
                case "publicAddress": PublicAddress = json.TextOrNull(); break;
                case "token": Token = json.Token(); break;
                case "createdAt": CreatedAt = json.Date(); break;
                case "lastSeenAt": LastSeenAt = json.Date(); break;
            }
        }
    }

    /// <summary>What <see cref="PlexDeviceClient.RemoveAsync"/> wants.</summary>
    public long Id { get; init; }

    /// <summary>As people know it, such as "Living Room TV".</summary>
    public string Name { get; init; } = "";

    /// <summary>Of the installation; the same one may be signed in to several accounts.</summary>
    public string ClientIdentifier { get; init; } = "";

    /// <summary>The app, such as "Plex for LG".</summary>
    public string? Product { get; init; }

    /// <summary>The app's version.</summary>
    public string? ProductVersion { get; init; }

    /// <summary>The operating system, such as "Android".</summary>
    public string? Platform { get; init; }

    /// <summary>The operating system's version.</summary>
    public string? PlatformVersion { get; init; }

    /// <summary>What kind of thing it is, such as "iPhone".</summary>
    public string? Device { get; init; }

    /// <summary>The exact model.</summary>
    public string? Model { get; init; }

    /// <summary>Who made it.</summary>
    public string? Vendor { get; init; }

    /// <summary>What it can be used as: <c>server</c>, <c>player</c>, <c>controller</c>.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>Where it was last seen from the internet.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>The device's own token. plex.tv tells those of all the account's devices; PlexAuth's server that of the calling one alone.</summary>
    public PlexToken? Token { get; init; }

    /// <summary>When it first signed in.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last heard from.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    static PlexDevice IReadable<PlexDevice>.Read(ref LenientReader json) => new(ref json);

    /// <summary>Null if the answer is no list of devices.</summary>
    internal static List<PlexDevice>? ReadList(ref LenientReader json)
    {
        json.Unwrap("MediaContainer");
        if (!json.IsObject)
            return null;
        var devices = new List<PlexDevice>();
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is "Device")
                json.AddTo(devices, "Device");
        }

        return devices;
    }
}
