using System.Security.Cryptography.X509Certificates;

namespace PlexAuth;

/// <summary>How a media server is looked for, and what is good enough. One value may serve for many servers, but for what names one: addresses, roots, keys.</summary>
/// <remarks>
/// Certificates are always checked, name and chain; no option turns that off. For a server with a certificate of its own making name that certificate, or
/// the authority that issued it, in <see cref="TrustedRoots"/>.
/// </remarks>
public sealed record PlexConnectPolicy
{
    /// <summary>Https only, the server's own addresses only, the relay as a last resort.</summary>
    public static PlexConnectPolicy Default { get; } = new();

    /// <summary>Also try plain http, to local addresses and to <see cref="Addresses"/>, unless the server requires https. Whoever is on the way then sees the server's token.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Whether the relay, which limits bandwidth, is an answer.</summary>
    /// <value><see langword="true"/>.</value>
    public bool AllowRelay { get; init; } = true;

    /// <summary>Also try this machine itself, on the ports of the server's local addresses: for apps beside the server, say in the same container.</summary>
    public bool TryLocalhost { get; init; }

    /// <summary>Addresses to try besides the server's own, before those of the same rank; also the place to put back a kept <see cref="PlexServerConnection.Uri"/>.</summary>
    public IReadOnlyList<Uri> Addresses
    {
        get;
        init => field = value.All(address => address.IsAbsoluteUri)
            ? value
            : throw new ArgumentException("PlexConnectPolicy.Addresses has a relative address; give whole ones, such as https://media.example.com:32400.", nameof(value));
    } = [];

    /// <summary>How long one attempt has the field to itself before the next begins; one that fails makes room at once.</summary>
    /// <value>0.15 seconds.</value>
    public TimeSpan Stagger { get; init => field = Positive(value); } = TimeSpan.FromMilliseconds(150);

    /// <summary>How long better addresses, still under way, are waited for once one has answered.</summary>
    /// <value>0.25 seconds.</value>
    public TimeSpan Preference { get; init => field = Positive(value); } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest one attempt may take.</summary>
    /// <value>4 seconds.</value>
    public TimeSpan AttemptTimeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(4);

    /// <summary>The longest it all may take.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan Timeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(10);

    /// <summary>Roots this server's certificate may lead to besides the machine's. They stay the caller's to dispose.</summary>
    public IReadOnlyList<X509Certificate2> TrustedRoots { get; init; } = [];

    /// <summary>If any are given, the server's key must be one of them as well: the SHA-256 of its SubjectPublicKeyInfo in base64, as curl's <c>--pinnedpubkey</c> has it.</summary>
    public IReadOnlyList<string> PinnedKeys { get; init; } = [];

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero && value <= TimeSpan.FromHours(1)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The times of a PlexConnectPolicy are above 0 and at most an hour.");
}
