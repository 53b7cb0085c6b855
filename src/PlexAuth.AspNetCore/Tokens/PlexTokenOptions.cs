using Microsoft.AspNetCore.Authentication;

namespace PlexAuth.AspNetCore;

/// <summary>How an application takes in Plex tokens.</summary>
public sealed class PlexTokenOptions : AuthenticationSchemeOptions
{
    /// <summary>Also accepts <c>X-Plex-Token</c> as a query argument, which older Plex clients send. Off, because URLs end up in logs.</summary>
    /// <value>Default <see langword="false"/>. The header wins where both are sent.</value>
    public bool AllowQueryToken { get; set; }

    /// <summary>Hooks into receiving a token and refusing a caller.</summary>
    public new PlexTokenEvents Events
    {
        get => (PlexTokenEvents?)base.Events ?? (PlexTokenEvents)(base.Events = new PlexTokenEvents());
        set => base.Events = value;
    }
}
