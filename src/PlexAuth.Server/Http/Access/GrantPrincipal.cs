using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Http.Access;

/// <summary>A caller whose token was found valid.</summary>
internal sealed class GrantIdentity(TokenGrant grant) : ClaimsIdentity(
    [
        new Claim(ClaimTypes.NameIdentifier, grant.Account.Uuid),
        new Claim(ClaimTypes.Name, grant.Account.Title),
    ],
    PlexTokenDefaults.AuthenticationScheme)
{
    public TokenGrant Grant { get; } = grant;
}

internal static class GrantPrincipal
{
    /// <summary>What the caller's token is worth; null for an anonymous caller.</summary>
    public static TokenGrant? FindGrant(this ClaimsPrincipal user) =>
        (user.Identity as GrantIdentity ?? user.Identities.OfType<GrantIdentity>().FirstOrDefault())?.Grant;

    /// <summary>For routes behind the <see cref="TokenGate"/>, which lets nobody pass without one.</summary>
    public static TokenGrant Grant(this HttpContext context) =>
        context.User.FindGrant() ?? throw new InvalidOperationException("This route requires no token.");
}
