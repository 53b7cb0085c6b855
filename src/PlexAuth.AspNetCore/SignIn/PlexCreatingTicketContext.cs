using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore;

/// <summary>A person who has confirmed the sign-in. <c>Fail("reason")</c> turns them away.</summary>
public sealed class PlexCreatingTicketContext : ResultContext<PlexOptions>
{
    internal PlexCreatingTicketContext(
        HttpContext context, AuthenticationScheme scheme, PlexOptions options, ClaimsPrincipal principal, AuthenticationProperties properties, PlexAccount account)
        : base(context, scheme, options)
    {
        Principal = principal;
        Properties = properties;
        Account = account;
    }

    /// <summary>Who it is; <see cref="PlexAccount.AuthToken"/> is the token just given.</summary>
    public PlexAccount Account { get; }

    /// <summary>Where claims are added.</summary>
    public ClaimsIdentity? Identity => Principal?.Identity as ClaimsIdentity;
}
