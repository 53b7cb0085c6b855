using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys;
using PlexAuth.Server.DeviceKeys.Issuer;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Http.Access;

/// <summary>Joins the token scheme to this server: tokens from wherever clients put them, refusals as Plex words them.</summary>
internal static class TokenEvents
{
    public static PlexTokenEvents Create() => new()
    {
        OnTokenReceived = ReceiveAsync,
        OnChallenge = refused => ChallengeAsync(refused.HttpContext, refused.IsUnchecked),
        OnForbidden = refused => AnswerAsync(refused.HttpContext, ForbiddenCode),
    };

    private static Task ReceiveAsync(PlexTokenReceivedContext received)
    {
        var call = received.HttpContext.Features.Get<PlexRequest>();
        if (!IsWanted(received.HttpContext.GetEndpoint()) || call is { Token: null })
            received.NoResult();
        else
            received.Token = call?.Token;
        return Task.CompletedTask;
    }

    /// <summary>The only scheme of an application is asked about every call, also of routes that are open to all.</summary>
    private static bool IsWanted(Endpoint? route) =>
        route is not null && (route.Metadata.GetMetadata<TokenRequirement>() is not null || route.Metadata.GetMetadata<IAuthorizeData>() is not null);

    /// <summary>A call without a valid token says what is wrong with it first: two tokens, then the client identifier, then the token itself.</summary>
    private static PlexErrorCode ChallengeCode(PlexRequest call) =>
        call.HasSeveralTokens ? PlexErrorCode.BadRequest
        : call.Role == PlexRole.Account && call.AuthorizedClientProblem is { } problem ? problem
        : PlexErrorCode.Unauthorized;

    /// <summary>The account service refuses whom it knows only over the client identifier; a media server's token is to it as any unknown one.</summary>
    private static PlexErrorCode ForbiddenCode(PlexRequest call) =>
        call.Role == PlexRole.Account ? ChallengeCode(call) : PlexErrorCode.NotPermitted;

    private static Refusal LegacyOf(PlexErrorCode code) => code == PlexErrorCode.Unauthorized ? LegacyErrors.InvalidToken : Refusal.For(code);

    private static async Task ChallengeAsync(HttpContext context, bool isUnchecked)
    {
        if (isUnchecked && context.Features.Get<PlexRequest>() is { } unanswered)
            await PlexResult.Refused(unanswered, PlexErrorCode.ServiceUnavailable, DatabaseUnavailableException.RetryAfter).ExecuteAsync(context);
        else if (context.Features.Get<PlexRequest>() is { Token: { } token } call
            && await context.RequestServices.GetRequiredService<ExpiredTokens>().ContainsAsync(token, context.RequestAborted))
            await PlexResult.Refused(call, Refusal.TokenExpired).ExecuteAsync(context);
        else
            await AnswerAsync(context, ChallengeCode);
    }

    private static Task AnswerAsync(HttpContext context, Func<PlexRequest, PlexErrorCode> code)
    {
        if (context.Features.Get<PlexRequest>() is { } call && context.GetEndpoint()?.Metadata.GetMetadata<LegacyErrors>() is not null)
            return PlexResult.LegacyRefused(call, LegacyOf(code(call))).ExecuteAsync(context);
        if (context.Features.Get<PlexRequest>() is { } request)
            return PlexResult.Refused(request, code(request)).ExecuteAsync(context);

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
