using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore;

/// <summary>What signing in with Plex is called where the application does not say otherwise.</summary>
public static class PlexDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string AuthenticationScheme = "Plex";

    /// <summary>The name on a sign-in button.</summary>
    public const string DisplayName = "Plex";

    /// <summary>The name under which <c>HttpContext.GetTokenAsync</c> finds the user's Plex token, if it is kept.</summary>
    public const string TokenName = "access_token";

    /// <summary>Where the browser comes back to, below the application's path base. Every further scheme needs a path of its own.</summary>
    public static PathString CallbackPath { get; } = new("/signin-plex");
}
