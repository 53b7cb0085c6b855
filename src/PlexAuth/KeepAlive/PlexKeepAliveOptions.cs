namespace PlexAuth;

/// <summary>How <see cref="PlexServiceCollectionExtensions.AddPlexKeepAlive"/> keeps the client's token in use.</summary>
public sealed class PlexKeepAliveOptions
{
    internal const string IntervalProblem = "PlexKeepAliveOptions.Interval is not between an hour and 49 days.";

    /// <summary>How often the account service is told that the token is in use: from an hour to 49 days, checked when the host starts.</summary>
    /// <value>A day.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Told after each attempt how the token stands. <see cref="PlexTokenStatus.Invalid"/> means that somebody has to sign in again; all but that may pass.</summary>
    /// <remarks>
    /// Called one after the other; an exception ends up in the log and nowhere else. So does an attempt that fails for a reason of the app's own, such as a
    /// credential that cannot read its file: that says nothing about the token, and the next attempt comes as usual.
    /// </remarks>
    public Action<PlexTokenStatus>? OnChecked { get; set; }

    internal bool HasGoodInterval => Interval >= TimeSpan.FromHours(1) && Interval <= TimeSpan.FromDays(49);
}
