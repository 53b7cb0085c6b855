using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>An account's playback and language settings. The enumerations are open: a number without a name is kept.</summary>
public sealed record PlexAccountProfile : IReadable<PlexAccountProfile>
{
    /// <summary>The settings of a new account.</summary>
    public PlexAccountProfile()
    {
    }

    private PlexAccountProfile(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "autoSelectAudio": AutoSelectAudio = json.Bool() ?? true; break;
                case "autoSelectSubtitle": AutoSelectSubtitle = (PlexSubtitleMode)(json.Int32() ?? 0); break;
                case "defaultAudioAccessibility": DefaultAudioAccessibility = json.Int32(); break;
                case "defaultAudioLanguage": DefaultAudioLanguage = json.TextOrNull(); break;
                case "defaultAudioLanguages": DefaultAudioLanguages = json.Texts("language"); break;
                case "defaultSubtitleLanguage": DefaultSubtitleLanguage = json.TextOrNull(); break;
                case "defaultSubtitleLanguages": DefaultSubtitleLanguages = json.Texts("language"); break;
                case "defaultSubtitleAccessibility": DefaultSubtitleAccessibility = (PlexSubtitleAccessibility)(json.Int32() ?? 0); break;
                case "defaultSubtitleForced": DefaultSubtitleForced = (PlexForcedSubtitles)(json.Int32() ?? 0); break;
                case "watchedIndicator": WatchedIndicator = (PlexWatchedIndicator)(json.Int32() ?? 0); break;
                case "mediaReviewsVisibility": MediaReviewsVisibility = (PlexReviewsVisibility)(json.Int32() ?? 0); break;
                case "mediaReviewsLanguages": MediaReviewsLanguages = json.Texts("language"); break;
                case "mediaPostsVisibility": MediaPostsVisibility = json.Bool(); break;
            }
        }
    }

    /// <summary>Audio and subtitles are chosen by the languages below.</summary>
    public bool AutoSelectAudio { get; init; } = true;

    /// <summary>When subtitles are shown.</summary>
    public PlexSubtitleMode AutoSelectSubtitle { get; init; }

    /// <summary>0 to 3, of which no meaning is documented.</summary>
    public int? DefaultAudioAccessibility { get; init; }

    /// <summary>The preferred language of sound.</summary>
    public string? DefaultAudioLanguage { get; init; }

    /// <summary>Preferred languages of sound, first choice first.</summary>
    public IReadOnlyList<string> DefaultAudioLanguages { get; init; } = [];

    /// <summary>The preferred language of subtitles.</summary>
    public string? DefaultSubtitleLanguage { get; init; }

    /// <summary>Preferred languages of subtitles, first choice first.</summary>
    public IReadOnlyList<string> DefaultSubtitleLanguages { get; init; } = [];

    /// <summary>Subtitles for the deaf and hard of hearing (SDH).</summary>
    public PlexSubtitleAccessibility DefaultSubtitleAccessibility { get; init; }

    /// <summary>Forced subtitles, which translate only foreign passages.</summary>
    public PlexForcedSubtitles DefaultSubtitleForced { get; init; }

    /// <summary>Where watched items are marked.</summary>
    public PlexWatchedIndicator WatchedIndicator { get; init; }

    /// <summary>Whose reviews are shown.</summary>
    public PlexReviewsVisibility MediaReviewsVisibility { get; init; }

    /// <summary>Languages of reviews.</summary>
    public IReadOnlyList<string> MediaReviewsLanguages { get; init; } = [];

    /// <summary>Whether posts of others are shown.</summary>
    public bool? MediaPostsVisibility { get; init; }

    static PlexAccountProfile IReadable<PlexAccountProfile>.Read(ref LenientReader json) => new(ref json);
}
