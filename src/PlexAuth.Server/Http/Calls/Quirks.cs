using System.Globalization;

namespace PlexAuth.Server.Http.Calls;

/// <summary>The account bodies in use. No single one is read by every client, so a few are told apart by their User-Agent.</summary>
internal enum AccountShape
{
    /// <summary>As documented: integers for the profile's choices, null where a value is unknown.</summary>
    Documented,

    /// <summary><c>profile</c> holds autoSelectAudio and the two default languages only.</summary>
    ThreeFieldProfile,

    /// <summary>No null anywhere: an empty or zero value of the right type instead.</summary>
    NoNulls,
}

/// <summary>Everything the server does differently for one client.</summary>
internal static class Quirks
{
    private static readonly Quirk[] Table =
    [
        // plexpy 0.11 (2024-09) wants strings where today's schema has the integers of autoSelectSubtitle and its like, and refuses the whole account.
        new("python", From: new(0, 11), Before: new(0, 12), AccountShape.ThreeFieldProfile),

        // plexruby 0.3 (2024-09): the same.
        new("ruby", From: new(0, 3), Before: new(0, 4), AccountShape.ThreeFieldProfile),

        // plexruby since 0.4 takes "required, nullable" for "not null" and raises a KeyError.
        new("ruby", From: new(0, 4), Before: null, AccountShape.NoNulls),
    ];

    /// <param name="userAgent">Such as <c>speakeasy-sdk/ruby 0.17.0 2.570.4 0.0.3 plex_ruby_sdk</c>.</param>
    public static AccountShape AccountShapeFor(string? userAgent)
    {
        if (userAgent?.StartsWith(FormatNegotiation.GeneratedSdk, StringComparison.Ordinal) is not true)
            return AccountShape.Documented;

        var words = userAgent[FormatNegotiation.GeneratedSdk.Length..].Split(' ', 3);
        if (words.Length < 2 || ReleaseOf(words[1]) is not { } release)
            return AccountShape.Documented;

        return Table.FirstOrDefault(row => row.Covers(words[0], release))?.Shape ?? AccountShape.Documented;
    }

    private static Release? ReleaseOf(string version)
    {
        var parts = version.Split('.');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new Release(major, minor)
            : null;
    }

    private sealed record Release(int Major, int Minor)
    {
        public bool IsBefore(Release other) => (Major, Minor).CompareTo((other.Major, other.Minor)) < 0;
    }

    private sealed record Quirk(string Language, Release From, Release? Before, AccountShape Shape)
    {
        public bool Covers(string language, Release release) =>
            language == Language && !release.IsBefore(From) && (Before is not { } end || release.IsBefore(end));
    }
}
