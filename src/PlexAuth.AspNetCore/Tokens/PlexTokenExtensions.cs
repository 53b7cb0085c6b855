using Microsoft.AspNetCore.Authentication;
using PlexAuth.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Plex token authentication.</summary>
public static class PlexTokenExtensions
{
    /// <summary>Accepts an <c>X-Plex-Token</c> as proof of who calls, under the scheme <see cref="PlexTokenDefaults.AuthenticationScheme"/>.</summary>
    /// <remarks>The application registers one <see cref="PlexTokenValidator"/>, which decides what a token is worth.</remarks>
    public static AuthenticationBuilder AddPlexToken(this AuthenticationBuilder builder, Action<PlexTokenOptions>? configure = null) =>
        builder.AddPlexToken(PlexTokenDefaults.AuthenticationScheme, configure);

    /// <summary>The same under a name of the application's choice, for several schemes side by side.</summary>
    public static AuthenticationBuilder AddPlexToken(this AuthenticationBuilder builder, string authenticationScheme, Action<PlexTokenOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddScheme<PlexTokenOptions, PlexTokenHandler>(authenticationScheme, configure);
    }
}
