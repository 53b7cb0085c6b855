namespace PlexAuth;

/// <summary><c>autoSelectSubtitle</c>: when subtitles are shown.</summary>
public enum PlexSubtitleMode
{
    /// <summary>When chosen by hand.</summary>
    Manual = 0,

    /// <summary>With sound in a foreign language.</summary>
    WithForeignAudio = 1,

    /// <summary>Always.</summary>
    Always = 2,
}

/// <summary><c>defaultSubtitleAccessibility</c>: subtitles for the deaf and hard of hearing (SDH).</summary>
public enum PlexSubtitleAccessibility
{
    /// <summary>Rather without.</summary>
    PreferOthers = 0,

    /// <summary>Rather with.</summary>
    Prefer = 1,

    /// <summary>Only these.</summary>
    Only = 2,

    /// <summary>Never these.</summary>
    Never = 3,
}

/// <summary><c>defaultSubtitleForced</c>: subtitles of foreign passages alone.</summary>
public enum PlexForcedSubtitles
{
    /// <summary>Rather complete subtitles.</summary>
    PreferOthers = 0,

    /// <summary>Rather these.</summary>
    Prefer = 1,

    /// <summary>Only these.</summary>
    Only = 2,

    /// <summary>Never these.</summary>
    Never = 3,
}

/// <summary><c>watchedIndicator</c>: where watched items are marked.</summary>
public enum PlexWatchedIndicator
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>Films and series.</summary>
    MoviesAndShows = 1,

    /// <summary>Films.</summary>
    Movies = 2,

    /// <summary>Series.</summary>
    Shows = 3,
}

/// <summary><c>mediaReviewsVisibility</c>: whose reviews are shown.</summary>
public enum PlexReviewsVisibility
{
    /// <summary>Nobody's.</summary>
    None = 0,

    /// <summary>Critics'.</summary>
    Critics = 1,

    /// <summary>Users'.</summary>
    Users = 2,

    /// <summary>Both.</summary>
    CriticsAndUsers = 3,
}
