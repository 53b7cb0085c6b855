using Microsoft.Net.Http.Headers;

namespace PlexAuth.Server.Http.Calls;

/// <summary>Which format an answer is written in. The header <c>accepts</c> of some generated SDKs, which only read JSON, is not <c>Accept</c> and counts for nothing.</summary>
/// <remarks>
/// In this order: the path's suffix; an Accept that names JSON or XML (both: the higher quality, then the first); any other Accept, <c>*/*</c> included: XML, as
/// python-plexapi reads nothing else; no Accept: JSON for a generated SDK, as the C# ones send none and read nothing else, XML for the rest.
/// </remarks>
internal static class FormatNegotiation
{
    public const string GeneratedSdk = "speakeasy-sdk/";

    public static PlexFormat Choose(PlexFormat? suffix, string? accept, string? userAgent)
    {
        if (suffix is { } wanted)
            return wanted;

        if (!string.IsNullOrEmpty(accept))
            return Named(accept);

        return userAgent?.StartsWith(GeneratedSdk, StringComparison.Ordinal) is true ? PlexFormat.Json : PlexFormat.Xml;
    }

    private static PlexFormat Named(string accept)
    {
        var json = accept.Contains("json", StringComparison.OrdinalIgnoreCase);
        var xml = accept.Contains("xml", StringComparison.OrdinalIgnoreCase);
        return json && xml ? Preferred(accept) : json ? PlexFormat.Json : PlexFormat.Xml;
    }

    private static PlexFormat Preferred(string accept)
    {
        if (!MediaTypeHeaderValue.TryParseList([accept], out var types))
            return PlexFormat.Json;

        var best = types.Where(type => FormatOf(type) is not null).MaxBy(type => type.Quality ?? 1);
        return best is null ? PlexFormat.Json : FormatOf(best)!.Value;
    }

    private static PlexFormat? FormatOf(MediaTypeHeaderValue type) =>
        Names(type, "json") ? PlexFormat.Json
        : Names(type, "xml") ? PlexFormat.Xml
        : null;

    private static bool Names(MediaTypeHeaderValue type, string format) => type.SubType.AsSpan().Contains(format, StringComparison.OrdinalIgnoreCase);
}
