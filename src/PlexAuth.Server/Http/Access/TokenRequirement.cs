using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Http.Access;

internal sealed record TokenRequirement(bool ForServer, ServerAccess Least) : IAuthorizationRequirement;

internal sealed class TokenRequirementHandler(OwnServer server, IOptions<PlexAuthServerOptions> options) : AuthorizationHandler<TokenRequirement>
{
    private readonly bool _strict = options.Value.Strict;

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, TokenRequirement requirement)
    {
        var allowed = context.User.FindGrant() is { } grant
            ? requirement.ForServer ? OpensServer(grant, requirement.Least) : IsAccountToken(grant) && IsToleratedClient(context.Resource as HttpContext)
            : requirement is { ForServer: true, Least: ServerAccess.Shared } && !await server.IsClaimedAsync(CancellationToken.None);
        if (allowed)
            context.Succeed(requirement);
    }

    private static bool IsAccountToken(TokenGrant grant) => grant.Kind is PlexTokenKind.Account or PlexTokenKind.Jwt;

    /// <summary>Older SDKs send no client identifier but to sign in; beside a valid token it may be missing, though not malformed.</summary>
    private bool IsToleratedClient(HttpContext? context)
    {
        var problem = context?.Features.Get<PlexRequest>()?.ClientProblem;
        return problem is null || (!_strict && problem == PlexErrorCode.ClientIdentifierMissing);
    }

    private bool OpensServer(TokenGrant grant, ServerAccess least) =>
        grant.Access >= least && (grant.Kind != PlexTokenKind.Server || grant.MachineIdentifier == server.MachineIdentifier);
}
