namespace PlexAuth;

/// <summary>How <see cref="PlexServiceCollectionExtensions.AddPlexKeepAlive"/> keeps the client's token in use.</summary>
public sealed class PlexKeepAliveOptions
{
    /// <summary>How often the account service is told that the token is in use. A day by default; an hour at least.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Told after each attempt how the token stands. <see cref="PlexTokenStatus.Invalid"/> means that somebody has to sign in again; all but that may pass.</summary>
    /// <remarks>Called one after the other; an exception ends up in the log and nowhere else.</remarks>
    public Action<PlexTokenStatus>? OnChecked { get; set; }
}
