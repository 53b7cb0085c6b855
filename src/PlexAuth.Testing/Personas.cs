using PlexAuth.Server;

namespace PlexAuth.Testing;

/// <summary>The accounts that a <see cref="PlexTestServer"/> has from the start.</summary>
public static class Personas
{
    /// <summary>Owns the media server "Living Room"; Plex Pass; runs a Home.</summary>
    public static PlexAuthPersona Alice => PlexAuthPersona.Alice;

    /// <summary>"Living Room" is shared with him; owns "Attic".</summary>
    public static PlexAuthPersona Bob => PlexAuthPersona.Bob;

    /// <summary>Has a second factor.</summary>
    public static PlexAuthPersona Carol => PlexAuthPersona.Carol;

    /// <summary>Has access to nothing.</summary>
    public static PlexAuthPersona Dave => PlexAuthPersona.Dave;

    /// <summary>Managed child in alice's Home, PIN 1234.</summary>
    public static PlexAuthPersona Erin => PlexAuthPersona.Erin;

    /// <summary>Grown-up in alice's Home, PIN 4321.</summary>
    public static PlexAuthPersona Frank => PlexAuthPersona.Frank;

    /// <summary>Never confirmed her e-mail address.</summary>
    public static PlexAuthPersona Grace => PlexAuthPersona.Grace;

    /// <summary>Disabled: every sign-in and token is refused.</summary>
    public static PlexAuthPersona Heidi => PlexAuthPersona.Heidi;
}
