using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore.Access;

/// <summary>Says yes, or no and why.</summary>
internal sealed class PlexAccessHandler(AccessCheck check, IHttpContextAccessor accessor) : AuthorizationHandler<PlexAccessRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PlexAccessRequirement requirement)
    {
        if (context.User.Identity is not { IsAuthenticated: true })
            return;

        var http = context.Resource as HttpContext ?? accessor.HttpContext;
        if (await check.RefuseAsync(context.User, requirement, http) is { } reason)
            context.Fail(new AuthorizationFailureReason(this, reason));
        else
            context.Succeed(requirement);
    }
}
