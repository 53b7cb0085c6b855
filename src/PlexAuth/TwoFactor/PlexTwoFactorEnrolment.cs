using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>A second factor that is about to be turned on.</summary>
public sealed record PlexTwoFactorEnrolment
{
    internal PlexTwoFactorEnrolment(PlexSecret secret, PlexSecret address) => (Secret, Address) = (secret, address);

    /// <summary>The seed in base 32, to be typed into an authenticator app.</summary>
    public PlexSecret Secret { get; }

    /// <summary>The <c>otpauth://</c> address that an authenticator app reads from a QR code. It holds the seed.</summary>
    public PlexSecret Address { get; }

    internal static PlexTwoFactorEnrolment? Read(ref LenientReader json)
    {
        var (secret, address) = ("", "");
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "secret": secret = json.Text() ?? ""; break;
                case "uri": address = json.Text() ?? ""; break;
            }
        }

        return secret.Length == 0 || address.Length == 0 ? null : new(new PlexSecret(secret), new PlexSecret(address));
    }
}
