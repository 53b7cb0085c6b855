using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Description;

namespace PlexAuth.Server.Accounts;

/// <summary>Changes one's own password. plex.tv does this on its web pages alone; the address is this server's own.</summary>
internal static class PasswordEndpoints
{
    private static readonly Operation Description = new("changePassword", "Changes the password and signs out every other device")
    {
        Success = 204,
        Form =
        [
            new("currentPassword", "The present password") { Required = true },
            new("newPassword", "8 to 256 characters of any kind") { Required = true },
            new("verificationCode", "For an account with a second factor"),
            new("keepOthers", "Leaves the other devices signed in", "true", "false"),
        ],
        Refusals = [400, 401, 403, 422, 429, 503],
    };

    public static void MapPassword(this IEndpointRouteBuilder api) =>
        api.MapPut("/user/password", ChangeAsync).Requires(TokenRequirement.Account).WithMetadata(Description);

    private static async Task<PlexResult> ChangeAsync(HttpContext context, PlexRequest call, PasswordService service, CancellationToken cancellationToken)
    {
        var fields = await BodyFields.ReadAsync(context.Request, call, cancellationToken);
        if (fields.Find("currentPassword") is not { } current || fields.Find("newPassword") is not { } fresh)
            return PlexResult.Refused(call, PlexErrorCode.BadRequest);

        var grant = context.Grant();
        var change = new PasswordChange(grant.Account, current, fresh, fields.Find("verificationCode"), grant.DeviceId, grant.TokenId)
        {
            KeepOthers = bool.TryParse(fields.Find("keepOthers"), out var keep) && keep,
        };
        return await service.ChangeAsync(change, context.Caller(), cancellationToken) switch
        {
            PasswordAnswer.Changed => PlexResult.NoContent,
            PasswordAnswer.Refused { Reason: { } reason } weak => PlexResult.Refused(call, Refusal.For(weak.Code) with { Message = reason }),
            PasswordAnswer.Refused refused => Confirmations.Refused(call, refused.Code),
            PasswordAnswer.Throttled throttled => Confirmations.Refused(call, throttled.Code, throttled.RetryAfter),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }
}
