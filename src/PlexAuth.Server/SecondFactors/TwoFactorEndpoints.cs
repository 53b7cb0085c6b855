using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.SecondFactors;

/// <summary>Turns one's own second factor on and off. plex.tv does this on its web pages alone; the addresses are this server's own.</summary>
internal static class TwoFactorEndpoints
{
    public static void MapTwoFactor(this IEndpointRouteBuilder api)
    {
        api.MapPost("/user/two-factor", BeginAsync).Requires(TokenRequirement.Account).WithMetadata(TwoFactorOperations.Begin);
        api.MapPut("/user/two-factor", ConfirmAsync).Requires(TokenRequirement.Account).WithMetadata(TwoFactorOperations.Confirm);
        api.MapDelete("/user/two-factor", DisableAsync).Requires(TokenRequirement.Account).WithMetadata(TwoFactorOperations.Disable);
        api.MapPost("/user/backup-codes", CreateCodesAsync).Requires(TokenRequirement.Account).WithMetadata(TwoFactorOperations.CreateCodes);
    }

    public static void WriteBegun(WireWriter wire, TwoFactorAnswer.Begun begun)
    {
        wire.Text("secret", begun.Seed);
        wire.Text("uri", begun.Uri);
    }

    public static void WriteCodes(WireWriter wire, TwoFactorAnswer.CodesCreated created) => wire.Names("backupCodes", "backupCode", created.Codes);

    private static async Task<PlexResult> BeginAsync(HttpContext context, PlexRequest call, TwoFactorService service, CancellationToken cancellationToken)
    {
        var fields = await BodyFields.ReadAsync(context.Request, call, cancellationToken);
        return Answer(call, await service.BeginAsync(context.Grant().Account, fields.Find("password"), context.Caller(), cancellationToken));
    }

    private static async Task<PlexResult> ConfirmAsync(HttpContext context, PlexRequest call, TwoFactorService service, CancellationToken cancellationToken)
    {
        var fields = await BodyFields.ReadAsync(context.Request, call, cancellationToken);
        return fields.Find("verificationCode") is { Length: > 0 } code
            ? Answer(call, await service.ConfirmAsync(context.Grant().Account, code, context.Caller(), cancellationToken))
            : PlexResult.Refused(call, PlexErrorCode.BadRequest);
    }

    private static async Task<PlexResult> DisableAsync(HttpContext context, PlexRequest call, TwoFactorService service, CancellationToken cancellationToken)
    {
        var fields = await BodyFields.ReadAsync(context.Request, call, cancellationToken);
        return Answer(call, await service.DisableAsync(
            context.Grant().Account, fields.Find("password"), fields.Find("verificationCode"), context.Caller(), cancellationToken));
    }

    private static async Task<PlexResult> CreateCodesAsync(HttpContext context, PlexRequest call, TwoFactorService service, CancellationToken cancellationToken)
    {
        var fields = await BodyFields.ReadAsync(context.Request, call, cancellationToken);
        return Answer(call, await service.CreateBackupCodesAsync(
            context.Grant().Account, fields.Find("password"), fields.Find("verificationCode"), context.Caller(), cancellationToken));
    }

    private static PlexResult Answer(PlexRequest call, TwoFactorAnswer answer) => answer switch
    {
        TwoFactorAnswer.Begun begun => PlexResult.Account(call, WireDocument.Render(call.Format, "twoFactor", wire => WriteBegun(wire, begun)), StatusCodes.Status201Created),
        TwoFactorAnswer.CodesCreated created => PlexResult.Account(call, WireDocument.Render(call.Format, "twoFactor", wire => WriteCodes(wire, created))),
        TwoFactorAnswer.Done => PlexResult.NoContent,
        TwoFactorAnswer.Refused refused => Confirmations.Refused(call, refused.Code),
        TwoFactorAnswer.Throttled throttled => Confirmations.Refused(call, throttled.Code, throttled.RetryAfter),
        _ => throw new InvalidOperationException($"No answer for {answer.GetType().Name}."),
    };
}
