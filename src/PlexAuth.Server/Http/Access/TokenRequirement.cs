using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Http.Access;

internal sealed record TokenRequirement(bool ForServer, ServerAccess Least) : IAuthorizationRequirement
{
    /// <summary>Only a media server's own token, as the device that it was issued to has the server's identifier.</summary>
    public bool OfServerItself { get; init; }

    /// <summary>Also a person's token for a single media server.</summary>
    public bool OrForOneServer { get; init; }
}

internal sealed class TokenRequirementHandler(OwnServer server) : AuthorizationHandler<TokenRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, TokenRequirement requirement)
    {
        var allowed = context.User.FindGrant() is { } grant
            ? requirement.OfServerItself ? IsOfServerItself(grant)
                : requirement.ForServer ? OpensServer(grant, requirement.Least)
                : (IsAccountToken(grant) || (requirement.OrForOneServer && IsForOneServer(grant))) && grant.Access >= requirement.Least
                    && IsToleratedClient(context.Resource as HttpContext)
            : requirement is { ForServer: true, Least: ServerAccess.Shared } && !await server.IsClaimedAsync(CancellationToken.None);
        if (allowed)
            context.Succeed(requirement);
    }

    private static bool IsOfServerItself(TokenGrant grant) => grant.Kind == PlexTokenKind.Server && grant.ClientIdentifier == grant.MachineIdentifier;

    private static bool IsForOneServer(TokenGrant grant) => grant.Kind == PlexTokenKind.Server && !IsOfServerItself(grant);

    private static bool IsAccountToken(TokenGrant grant) => grant.Kind is PlexTokenKind.Account or PlexTokenKind.Jwt;

    private static bool IsToleratedClient(HttpContext? context) => context?.Features.Get<PlexRequest>()?.AuthorizedClientProblem is null;

    private bool OpensServer(TokenGrant grant, ServerAccess least) =>
        grant.Access >= least && (grant.Kind != PlexTokenKind.Server || grant.MachineIdentifier == server.MachineIdentifier);
}
