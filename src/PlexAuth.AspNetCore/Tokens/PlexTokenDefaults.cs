namespace PlexAuth.AspNetCore;

/// <summary>Fixed names of Plex token authentication.</summary>
public static class PlexTokenDefaults
{
    /// <summary>The authentication scheme, also what a refused call's <c>WWW-Authenticate</c> says.</summary>
    public const string AuthenticationScheme = "PlexToken";
}
