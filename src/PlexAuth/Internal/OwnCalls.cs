using PlexAuth.Internal.Http;

namespace PlexAuth.Internal;

/// <summary>Whether a token that a call brings is good for the client's later calls.</summary>
internal static class OwnCalls
{
    /// <summary>Only a token of the configured account service for the client's own identifier is: any other would be sent to a service that did not issue it.</summary>
    public static bool BringsOwnToken(this ClientSettings settings, PlexCallOptions? options) =>
        (options?.ServerUrl is not { } server || settings.IsAccountService(server))
        && (options?.Identity is not { } identity || identity.ClientIdentifier == settings.Identity.ClientIdentifier);
}
