using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Http.Access;

/// <summary>Stands before each route that wants a token. Who calls is found by the token scheme, which also answers those who may not.</summary>
internal sealed class TokenGate(OwnServer server) : IGate<TokenRequirement>
{
    private const string Scheme = PlexTokenDefaults.AuthenticationScheme;

    public async Task AdmitAsync(HttpContext context, TokenRequirement requirement, RequestDelegate route)
    {
        // Where it is the application's only scheme, ASP.NET Core has asked it already.
        var result = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is { Succeeded: true, Ticket.AuthenticationScheme: Scheme } known
            ? known
            : await context.AuthenticateAsync(Scheme);
        context.User = result.Principal ?? new ClaimsPrincipal(new ClaimsIdentity());
        var grant = context.User.FindGrant();
        if (grant is null ? await IsOpenAsync(requirement) : Opens(grant, requirement, context))
            await route(context);
        else if (result.Succeeded)
            await context.ForbidAsync(Scheme);
        else
            await context.ChallengeAsync(Scheme);
    }

    /// <summary>A media server that nobody has claimed lets everybody in who would be let in as a friend.</summary>
    private async ValueTask<bool> IsOpenAsync(TokenRequirement requirement) =>
        requirement is { ForServer: true, Least: ServerAccess.Shared } && !await server.IsClaimedAsync(CancellationToken.None);

    private bool Opens(TokenGrant grant, TokenRequirement requirement, HttpContext context) =>
        requirement.OfServerItself ? IsOfServerItself(grant)
        : requirement.ForServer ? grant.Access >= requirement.Least && (grant.Kind != PlexTokenKind.Server || grant.MachineIdentifier == server.MachineIdentifier)
        : (IsAccountToken(grant) || (requirement.OrForOneServer && IsForOneServer(grant))) && grant.Access >= requirement.Least
            && context.Features.Get<PlexRequest>()?.AuthorizedClientProblem is null;

    private static bool IsOfServerItself(TokenGrant grant) => grant.Kind == PlexTokenKind.Server && grant.ClientIdentifier == grant.MachineIdentifier;

    private static bool IsForOneServer(TokenGrant grant) => grant.Kind == PlexTokenKind.Server && !IsOfServerItself(grant);

    private static bool IsAccountToken(TokenGrant grant) => grant.Kind is PlexTokenKind.Account or PlexTokenKind.Jwt;
}
