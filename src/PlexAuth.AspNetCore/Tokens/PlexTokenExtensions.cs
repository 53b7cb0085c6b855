using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore;
using PlexAuth.AspNetCore.Access;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Plex token authentication.</summary>
public static class PlexTokenExtensions
{
    /// <summary>Accepts an <c>X-Plex-Token</c> as proof of who calls, under the scheme <see cref="PlexTokenDefaults.AuthenticationScheme"/>.</summary>
    /// <remarks>The account service is asked what a token is worth, unless the application registers a <see cref="PlexTokenValidator"/>, which then decides.</remarks>
    public static AuthenticationBuilder AddPlexToken(this AuthenticationBuilder builder, Action<PlexTokenOptions>? configure = null) =>
        builder.AddPlexToken(PlexTokenDefaults.AuthenticationScheme, configure);

    /// <summary>The same under a name of the application's choice, for several schemes side by side.</summary>
    public static AuthenticationBuilder AddPlexToken(this AuthenticationBuilder builder, string authenticationScheme, Action<PlexTokenOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<PlexTokenOptions>, PlexTokenPostConfigureOptions>());
        builder.Services.AddPlexAccessChecks();
        return builder.AddScheme<PlexTokenOptions, PlexTokenHandler>(authenticationScheme, configure);
    }
}
