namespace PlexAuth.AspNetCore;

/// <summary>Claims only Plex has. Who it is stands in the usual ones: <c>NameIdentifier</c> (the uuid), <c>Name</c>, <c>Email</c>.</summary>
public static class PlexClaimTypes
{
    /// <summary>The account's number. Prefer the uuid in <c>NameIdentifier</c> as a key.</summary>
    public const string Id = "urn:plex:id";

    /// <summary><c>true</c> for a member of a Plex Home, any Plex Home: not a proof of belonging to yours, for which there is <c>RequirePlexHome</c>.</summary>
    public const string Home = "urn:plex:home";

    /// <summary><c>true</c> for whoever administers the Plex Home they are in.</summary>
    public const string HomeAdmin = "urn:plex:home_admin";

    /// <summary><c>true</c> for a managed user, who has neither password nor e-mail address.</summary>
    public const string Restricted = "urn:plex:restricted";

    /// <summary><c>true</c> for a guest of a Plex Home.</summary>
    public const string Guest = "urn:plex:guest";

    /// <summary><c>active</c> with a Plex Pass; no claim without.</summary>
    public const string Subscription = "urn:plex:subscription";

    /// <summary>The username, which may change; empty names make no claim.</summary>
    public const string PreferredUsername = "preferred_username";

    /// <summary><c>true</c> or <c>false</c>: whether the e-mail address was confirmed. Do not match accounts by an address that was not.</summary>
    public const string EmailVerified = "email_verified";

    /// <summary>The address of the avatar.</summary>
    public const string Picture = "picture";
}
