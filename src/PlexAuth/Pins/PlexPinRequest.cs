namespace PlexAuth;

/// <summary>How a PIN is to be made.</summary>
public sealed class PlexPinRequest
{
    /// <summary>
    /// A code of 25 characters, which cannot be guessed or typed and lives about 30 minutes; for when the browser is opened by a link or a QR code. Otherwise 4
    /// characters and about 15 minutes, which a person may also type at the link page.
    /// </summary>
    /// <value><see langword="false"/>.</value>
    public bool Strong { get; init; }

    /// <summary>
    /// A device key that the PIN registers once it is confirmed: the token is then one of seven days, which
    /// <see cref="PlexCredential.FromDeviceKey"/> renews, and neither a password nor an older token was needed.
    /// </summary>
    /// <value>Null: a token without a key, that lasts until it is revoked.</value>
    public PlexSigningKey? DeviceKey { get; init; }

    /// <summary>
    /// The page of a web app the browser goes to afterwards, http or https. Nothing is added to it, neither PIN nor token. The PIN is made in the name of its
    /// origin, because services send browsers only to the origin that asked.
    /// </summary>
    /// <value>Null: the sign-in page tells the person to close it.</value>
    public Uri? ForwardUrl
    {
        get;
        init => field = value is null or { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" }
            ? value
            : throw new ArgumentException("A forward URL is an absolute http or https address without a user name: sign-in pages refuse all others.", nameof(value));
    }
}
