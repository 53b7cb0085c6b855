using System.Runtime.CompilerServices;
using PlexAuth.Internal.Sessions;

namespace PlexAuth;

/// <summary>Says which app, on which device, is calling: one value per installation, sent with every request.</summary>
/// <remarks>
/// Plex lists an installation among the account's authorised devices under these values and gives it one token, so make the identifier once and keep it.
/// Each value has at most 256 characters and no control characters; any language is fine (sent as UTF-8). Immutable and thread-safe.
/// </remarks>
public sealed record PlexClientIdentity
{
    private const int MaxLength = 256;
    private const string IdentifierSigns = "._:-";

    /// <summary>Names an installation.</summary>
    /// <param name="clientIdentifier">An opaque, stable id such as a UUID, of ASCII letters, digits and <c>. _ : -</c>.</param>
    /// <param name="product">The app's name, shown to the user.</param>
    /// <exception cref="ArgumentException">A value is empty, too long or has a character that may not be sent.</exception>
    public PlexClientIdentity(string clientIdentifier, string? product = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientIdentifier);
        if (!clientIdentifier.All(c => char.IsAsciiLetterOrDigit(c) || IdentifierSigns.Contains(c, StringComparison.Ordinal)))
            throw new ArgumentException("A client identifier has only ASCII letters, digits and the signs . _ : -", nameof(clientIdentifier));

        ClientIdentifier = Sendable(clientIdentifier, nameof(clientIdentifier))!;
        Product = product;
    }

    /// <summary>The identity of this installation, for this user of this machine: its identifier is made at random once and kept from then on.</summary>
    /// <remarks>
    /// The environment variable <c>PLEX_CLIENT_IDENTIFIER</c> (or <c>PLEX_CLIENT_IDENTIFIER_FILE</c>, which names a file) goes before the kept one. In a container
    /// set it or name a directory on a volume: an identifier that is lost at each start fills the account's list of devices. Also sets platform and device name.
    /// </remarks>
    /// <param name="product">The app's name, shown to the user.</param>
    /// <param name="directory">Where the file <c>client-identifier</c> is kept, private to its owner; null for the place of <see cref="PlexSessionStore.ForThisUser"/>.</param>
    /// <exception cref="InvalidOperationException">There is no place to keep it, or the environment names an unreadable one.</exception>
    /// <exception cref="ArgumentException">What was kept or given is no identifier.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or file is a link, open to others or somebody else's.</exception>
    public static PlexClientIdentity ForThisInstallation(string product, string? directory = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(product);
        var deviceName = new string([.. Environment.MachineName.Where(c => !char.IsControl(c)).Take(MaxLength)]);
        return new(InstallationIdentifier.Get(directory, product), product)
        {
            Platform = OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux",
            DeviceName = deviceName.Length > 0 ? deviceName : null,
        };
    }

    /// <summary><c>X-Plex-Client-Identifier</c>.</summary>
    public string ClientIdentifier { get; }

    /// <summary><c>X-Plex-Product</c>: the app's name.</summary>
    public string? Product { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Version</c>: the app's version.</summary>
    public string? Version { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Platform</c>: operating system or browser.</summary>
    public string? Platform { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Platform-Version</c>.</summary>
    public string? PlatformVersion { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Device</c>: the kind of device, such as <c>Roku 3</c>.</summary>
    public string? Device { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Device-Name</c>: what its owner calls it, such as <c>Living Room TV</c>.</summary>
    public string? DeviceName { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Device-Vendor</c>.</summary>
    public string? DeviceVendor { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Model</c>: the model number, such as <c>4200X</c>.</summary>
    public string? Model { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Marketplace</c>: the store the app came from, such as <c>googlePlay</c>.</summary>
    public string? Marketplace { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Provides</c>: comma-separated roles (<c>player</c>, <c>controller</c>).</summary>
    public string? Provides { get; init => field = Sendable(value); }

    /// <summary><c>X-Plex-Language</c>: language of the user interface, such as <c>en</c>.</summary>
    public string? Language { get; init => field = Sendable(value); }

    private static string? Sendable(string? value, [CallerMemberName] string? name = null)
    {
        if (value is null)
            return null;
        if (value.Length is 0 or > MaxLength)
            throw new ArgumentException($"{name} has 1 to {MaxLength} characters; leave it null when there is nothing to say.", name);
        if (value.Any(char.IsControl))
            throw new ArgumentException($"{name} has a control character, such as a line end, which no header may carry.", name);

        return value;
    }
}
