using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore.Access;

/// <summary>A kept token of the user of a request, of Plex or of another provider.</summary>
/// <param name="Token">Not to be shown to anybody before it is known to be of Plex.</param>
/// <param name="SignInScheme">The scheme that began the session; null where the session does not say, or there is none.</param>
/// <param name="Scheme">The scheme that found the user in this request.</param>
internal sealed record SignedInToken(PlexToken Token, string? SignInScheme, string Scheme)
{
    private const string SchemeItem = ".AuthScheme";

    /// <summary>
    /// Looks where the request's user came from, then in the given schemes. Whatever belongs to another account than the user's does not count.
    /// </summary>
    public static async IAsyncEnumerable<SignedInToken> FindAsync(ClaimsPrincipal user, HttpContext http, IEnumerable<string> schemes)
    {
        if (Of(http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult, user) is { } current)
            yield return current;

        foreach (var scheme in schemes)
        {
            if (Of(await http.AuthenticateAsync(scheme), user) is { } found)
                yield return found;
        }
    }

    private static SignedInToken? Of(AuthenticateResult? result, ClaimsPrincipal user)
    {
        if (result is not { Succeeded: true, Properties: { } properties, Principal: { } principal, Ticket: { } ticket } || !IsSame(principal, user))
            return null;

        return properties.GetTokenValue(PlexDefaults.TokenName) is { Length: > 0 } value
            ? new(new PlexToken(value), properties.Items.TryGetValue(SchemeItem, out var scheme) ? scheme : null, ticket.AuthenticationScheme)
            : null;
    }

    private static bool IsSame(ClaimsPrincipal one, ClaimsPrincipal other) =>
        one.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id
        && other.FindAll(ClaimTypes.NameIdentifier).Select(claim => claim.Value).Contains(id, StringComparer.Ordinal);
}
