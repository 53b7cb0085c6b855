using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Emulator;

/// <summary>What plex.tv is known to refuse and this server tolerates unless it is strict.</summary>
internal static class StrictRules
{
    private static readonly Refusal NoClientIdentifier = Refusal.For(PlexErrorCode.ClientIdentifierMissing) with
    {
        Message = "X-Plex-Client-Identifier is missing. Send one with every call: made once for each installation, kept for ever, never shared.",
    };

    private static readonly Refusal NoProduct = Refusal.For(PlexErrorCode.BadRequest) with
    {
        Message = "X-Plex-Product is missing. Plex names the product to the person who allows a PIN and refuses apps without a name.",
    };

    public static IReadOnlyList<Refusal> Broken(HttpRequest http, PlexRequest request)
    {
        // Browsers fetch the picture of a code for a page, and send no headers of their own.
        if (request.Role != PlexRole.Account || http.Path.StartsWithSegments("/api/v2/pins/qr", StringComparison.OrdinalIgnoreCase))
            return [];
        if (request.ClientProblem == PlexErrorCode.ClientIdentifierMissing)
            return [NoClientIdentifier];

        return HttpMethods.IsPost(http.Method) && IsPins(http.Path) && request.Client is { Product: null } ? [NoProduct] : [];
    }

    public static bool IsPins(PathString path) =>
        path.StartsWithSegments("/api/v2/pins", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/pins", StringComparison.OrdinalIgnoreCase);
}
