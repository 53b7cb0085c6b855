using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
        if (CallOf(received.HttpContext).Token is { } token)
            received.Token = token;
        else
            received.NoResult();
        return Task.CompletedTask;
    }

    /// <summary>A call without a valid token says what is wrong with it first: the client identifier, then the token itself.</summary>
    private static PlexErrorCode ChallengeCode(PlexRequest call) =>
        call.Role == PlexRole.Account && call.AuthorizedClientProblem is { } problem ? problem : PlexErrorCode.Unauthorized;

    /// <summary>The account service refuses whom it knows only over the client identifier; a media server's token is to it as any unknown one.</summary>
    private static PlexErrorCode ForbiddenCode(PlexRequest call) =>
        call.Role == PlexRole.Account ? ChallengeCode(call) : PlexErrorCode.NotPermitted;

    private static async Task ChallengeAsync(HttpContext context, bool isUnchecked)
    {
        var call = CallOf(context);
        if (isUnchecked)
            await PlexResult.Refused(call, PlexErrorCode.ServiceUnavailable, DatabaseUnavailableException.RetryAfter).ExecuteAsync(context);
        else if (call is { Role: PlexRole.Account, Token: { } token } && !call.IsLegacyAccount && await context.RequestServices.GetRequiredService<ExpiredTokens>().ContainsAsync(token, context.RequestAborted))
            await PlexResult.Refused(call, Refusal.TokenExpired).ExecuteAsync(context);
        else
            await AnswerAsync(context, ChallengeCode);
    }

    private static Task AnswerAsync(HttpContext context, Func<PlexRequest, PlexErrorCode> code)
    {
        var call = CallOf(context);
        var refusal = code(call) switch
        {
            var invalid when invalid == PlexErrorCode.Unauthorized && call.IsLegacyAccount => LegacyErrors.InvalidToken,
            var other => Refusal.For(other),
        };
        return PlexResult.Refused(call, refusal).ExecuteAsync(context);
    }

    private static PlexRequest CallOf(HttpContext context) => context.Features.GetRequiredFeature<PlexRequest>();
}
