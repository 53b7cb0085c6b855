using PlexAuth.Internal.Http;

namespace PlexAuth.Internal;

/// <summary>Whether a token that a call brings is good for the client's later calls.</summary>
internal static class OwnCalls
{
    /// <summary>Only a token of the configured account service for the client's own identifier is: any other would be sent to a service that did not issue it.</summary>
    public static bool BringsOwnToken(this ClientSettings settings, PlexCallOptions? options) =>
        (options?.ServerUrl is not { } server || IsSame(server, settings.AccountUrl))
        && (options?.Identity is not { } identity || identity.ClientIdentifier == settings.Identity.ClientIdentifier);

    private static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        && one.AbsolutePath.TrimEnd('/') == other.AbsolutePath.TrimEnd('/');
}
