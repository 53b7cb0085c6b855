using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys.Issuer;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Http.Access;

/// <summary>Stands before each route that wants a token: tokens from wherever clients put them, refusals as Plex words them.</summary>
internal sealed partial class TokenGate(PlexTokenValidator tokens, OwnServer server, ExpiredTokens expired, ILogger<TokenGate> logger) : IGate<TokenRequirement>
{
    public async Task AdmitAsync(HttpContext context, TokenRequirement requirement, RequestDelegate route)
    {
        if (context.Features.Get<PlexRequest>() is not { } call)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        ClaimsPrincipal? caller = null;
        var isUnchecked = false;
        try
        {
            caller = await FindCallerAsync(call, context.RequestAborted);
        }
        catch (PlexException e)
        {
            LogUnchecked(e.GetType().Name);
            isUnchecked = true;
        }

        context.User = caller ?? new ClaimsPrincipal(new ClaimsIdentity());
        var grant = caller?.FindGrant();
        if (grant is null ? await IsOpenAsync(requirement) : Opens(grant, requirement, call))
            await route(context);
        else
            await (await RefusalAsync(context, call, grant, isUnchecked)).ExecuteAsync(context);
    }

    private async ValueTask<ClaimsPrincipal?> FindCallerAsync(PlexRequest call, CancellationToken cancellationToken) =>
        call.Token is { } token && !token.AsSpan().ContainsAnyExceptInRange('!', '~') ? (await tokens.ValidateAsync(new PlexToken(token), cancellationToken)).Principal : null;

    /// <summary>A media server that nobody has claimed lets everybody in who would be let in as a friend.</summary>
    private async ValueTask<bool> IsOpenAsync(TokenRequirement requirement) =>
        requirement is { ForServer: true, Least: ServerAccess.Shared } && !await server.IsClaimedAsync(CancellationToken.None);

    private bool Opens(TokenGrant grant, TokenRequirement requirement, PlexRequest call) =>
        requirement.OfServerItself ? IsOfServerItself(grant)
        : requirement.ForServer ? grant.Access >= requirement.Least && (grant.Kind != PlexTokenKind.Server || grant.MachineIdentifier == server.MachineIdentifier)
        : (IsAccountToken(grant) || (requirement.OrForOneServer && IsForOneServer(grant))) && grant.Access >= requirement.Least && call.AuthorizedClientProblem is null;

    private static bool IsOfServerItself(TokenGrant grant) => grant.Kind == PlexTokenKind.Server && grant.ClientIdentifier == grant.MachineIdentifier;

    private static bool IsForOneServer(TokenGrant grant) => grant.Kind == PlexTokenKind.Server && !IsOfServerItself(grant);

    private static bool IsAccountToken(TokenGrant grant) => grant.Kind is PlexTokenKind.Account or PlexTokenKind.Jwt;

    private async Task<PlexResult> RefusalAsync(HttpContext context, PlexRequest call, TokenGrant? grant, bool isUnchecked)
    {
        // A 401 would make clients throw away a token that may be good.
        if (isUnchecked)
            return PlexResult.Refused(call, PlexErrorCode.ServiceUnavailable, DatabaseUnavailableException.RetryAfter);
        if (grant is null && call.Token is { } token && await expired.ContainsAsync(token, context.RequestAborted))
            return PlexResult.Refused(call, Refusal.TokenExpired);

        var code = CodeOf(call, isKnown: grant is not null);
        return context.GetEndpoint()?.Metadata.GetMetadata<LegacyErrors>() is null ? PlexResult.Refused(call, code)
            : PlexResult.LegacyRefused(call, code == PlexErrorCode.Unauthorized ? LegacyErrors.InvalidToken : Refusal.For(code));
    }

    /// <summary>A call without a valid token says what is wrong with it first: two tokens, then the client identifier, then the token itself.</summary>
    /// <remarks>The account service refuses whom it knows only over the client identifier; a media server's token is to it as any unknown one.</remarks>
    private static PlexErrorCode CodeOf(PlexRequest call, bool isKnown) =>
        isKnown && call.Role != PlexRole.Account ? PlexErrorCode.NotPermitted
        : call.HasSeveralTokens ? PlexErrorCode.BadRequest
        : call.Role == PlexRole.Account && call.AuthorizedClientProblem is { } problem ? problem
        : PlexErrorCode.Unauthorized;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A token could not be checked: {Failure}")]
    private partial void LogUnchecked(string failure);
}
