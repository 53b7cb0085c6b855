using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore.Access;

/// <summary>The Plex token of the user of a request, and the scheme it came by.</summary>
internal sealed record SignedInToken(PlexToken Token, string Scheme)
{
    private const string SchemeItem = ".AuthScheme";

    /// <summary>
    /// Looks where the request's user came from, then in the given schemes. Whatever belongs to another account than the user's does not count.
    /// </summary>
    public static async Task<SignedInToken?> FindAsync(ClaimsPrincipal user, HttpContext http, IEnumerable<string> schemes)
    {
        if (Of(http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult, user) is { } current)
            return current;

        foreach (var scheme in schemes)
        {
            if (Of(await http.AuthenticateAsync(scheme), user) is { } found)
                return found;
        }

        return null;
    }

    private static SignedInToken? Of(AuthenticateResult? result, ClaimsPrincipal user)
    {
        if (result is not { Succeeded: true, Properties: { } properties, Principal: { } principal, Ticket: { } ticket } || !IsSame(principal, user))
            return null;

        return properties.GetTokenValue(PlexDefaults.TokenName) is { Length: > 0 } value
            ? new(new PlexToken(value), properties.Items.TryGetValue(SchemeItem, out var scheme) && scheme is not null ? scheme : ticket.AuthenticationScheme)
            : null;
    }

    private static bool IsSame(ClaimsPrincipal one, ClaimsPrincipal other) =>
        one.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id
        && other.FindAll(ClaimTypes.NameIdentifier).Select(claim => claim.Value).Contains(id, StringComparer.Ordinal);
}
