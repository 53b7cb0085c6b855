using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore;

/// <summary>A sign-in whose PIN is about to be made.</summary>
public sealed class PlexCreatingPinContext : PropertiesContext<PlexOptions>
{
    internal PlexCreatingPinContext(HttpContext context, AuthenticationScheme scheme, PlexOptions options, AuthenticationProperties properties, PlexClientIdentity identity)
        : base(context, scheme, options, properties) => Identity = identity;

    /// <summary>What the person is shown: replace it with a copy (<c>with</c>) that names, say, the browser in <see cref="PlexClientIdentity.DeviceName"/>.</summary>
    /// <exception cref="ArgumentException">The client identifier is another one than <see cref="PlexOptions.ClientIdentifier"/>.</exception>
    public PlexClientIdentity Identity
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!string.Equals(value.ClientIdentifier, Options.ClientIdentifier, StringComparison.Ordinal))
                throw new ArgumentException("A PIN can be asked for only under PlexOptions.ClientIdentifier.", nameof(value));

            field = value;
        }
    }
}
