using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore;
using PlexAuth.AspNetCore.Access;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers signing in with Plex.</summary>
public static class PlexExtensions
{
    /// <summary>Lets people sign in with Plex, under the scheme <see cref="PlexDefaults.AuthenticationScheme"/>, configured elsewhere.</summary>
    public static AuthenticationBuilder AddPlex(this AuthenticationBuilder builder) => builder.AddPlex(_ => { });

    /// <summary>Lets people sign in with Plex, under the scheme <see cref="PlexDefaults.AuthenticationScheme"/>.</summary>
    public static AuthenticationBuilder AddPlex(this AuthenticationBuilder builder, Action<PlexOptions> configure) =>
        builder.AddPlex(PlexDefaults.AuthenticationScheme, configure);

    /// <summary>The same under a name of the application's choice. Schemes side by side each need a <c>CallbackPath</c> of their own.</summary>
    public static AuthenticationBuilder AddPlex(this AuthenticationBuilder builder, string authenticationScheme, Action<PlexOptions> configure) =>
        builder.AddPlex(authenticationScheme, PlexDefaults.DisplayName, configure);

    /// <summary>The same with a name for the sign-in button.</summary>
    public static AuthenticationBuilder AddPlex(
        this AuthenticationBuilder builder, string authenticationScheme, string? displayName, Action<PlexOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<PlexOptions>, PlexPostConfigureOptions>());
        builder.Services.AddOptions<PlexOptions>(authenticationScheme).ValidateOnStart();
        builder.Services.AddPlexAccessChecks();
        return builder.AddRemoteScheme<PlexOptions, PlexHandler>(authenticationScheme, displayName, configure);
    }
}
